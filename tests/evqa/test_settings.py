"""Settings from an environment."""

import pytest

from evqa.errors import UsageError
from evqa.settings import DEFAULT_MODEL, NAMES, Settings, settings_from


def test_default() -> None:
    """Nothing set, or set to nothing, means the defaults."""
    assert settings_from({}) == settings_from({"EVQA_MODEL": "", "PATH": "/bin"}) == Settings("", DEFAULT_MODEL)


def test_given() -> None:
    """Each known name sets its field."""
    assert settings_from({"EVQA_HOME": "/srv/evqa", "EVQA_MODEL": "bge"}) == Settings("/srv/evqa", "bge")
    assert set(NAMES.values()) == set(Settings.__dataclass_fields__)


@pytest.mark.parametrize("judge", ["local", "off", "llm"])
def test_judges(judge: str) -> None:
    """Each judge there is can be set; a language model needs its address and its name."""
    model = {"EVQA_LLM": "https://llm.example/v1/", "EVQA_LLM_MODEL": "m", "EVQA_LLM_KEY": "sk-1"}
    settings = settings_from({"EVQA_JUDGE": judge, **model})
    assert (settings.judge, settings.llm, settings.llm_model) == (judge, "https://llm.example/v1/", "m")
    assert settings.llm_key == "sk-1"
    assert settings_from({}).judge == "local"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"EVQA_JUDGE": "gpt"}, "EVQA_JUDGE 'gpt': no judge; give one of local, off, llm"),
        ({"EVQA_JUDGE": "LLM"}, "EVQA_JUDGE 'LLM': no judge"),
        ({"EVQA_JUDGE": "llm"}, "EVQA_JUDGE 'llm': EVQA_LLM and EVQA_LLM_MODEL not set; set EVQA_LLM and EVQA_LLM_M"),
        ({"EVQA_JUDGE": "llm", "EVQA_LLM_MODEL": "m"}, "EVQA_JUDGE 'llm': EVQA_LLM not set; set EVQA_LLM, such as"),
        ({"EVQA_JUDGE": "llm", "EVQA_LLM": "http://a"}, "EVQA_JUDGE 'llm': EVQA_LLM_MODEL not set; set EVQA_LLM_MODEL"),
    ],
)
def test_no_judge(given: dict[str, str], said: str) -> None:
    """A judge that there isn't, and one that lacks something, are refused with what to set."""
    with pytest.raises(UsageError) as caught:
        settings_from(given)
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "localhost:11434",
            "ftp://secret.example/v1",
            "http://",
            "//secret/v1",
            "file:///secret",
            "http://a:secret/v1",
        ),
        *("http://me:secret@llm.example/v1", "http://secret@llm.example", "http://a/v1?key=secret", "http://a/#secret"),
        *("http://a/v1 secret", "http://a/v1\nsecret", "http://ä.example", "http://[secret/v1"),
    ],
)
def test_no_address(address: str) -> None:
    """Only a plain http or https address is taken; none is quoted, since any may hold a password."""
    with pytest.raises(UsageError, match=r"^EVQA_LLM: [^\n]+; [^\n]+$") as caught:
        settings_from({"EVQA_LLM": address})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("key", ["sk secret", "sk-secret\n", "sk-secret\r\nX: y", "sk-secretä", "\x00secret"])
def test_no_key(key: str) -> None:
    """A key that no header can hold is refused without being told."""
    with pytest.raises(UsageError, match=r"^EVQA_LLM_KEY: [^\n]+$") as caught:
        settings_from({"EVQA_LLM_KEY": key})
    assert "secret" not in str(caught.value)


def test_the_key_is_not_printed() -> None:
    """Settings don't show the key."""
    assert "sk-secret" not in repr(settings_from({"EVQA_LLM_KEY": "sk-secret"}))


def test_misspelt() -> None:
    """A name that isn't known is refused with the ones that are."""
    with pytest.raises(UsageError, match="EVQA_HOEM: unknown setting; the settings are EVQA_CORS, EVQA_CROSSREF"):
        settings_from({"EVQA_HOEM": "x"})
