"""Texts that may be put as a question: of any kind, and degenerate ones of full length."""

from hypothesis import strategies as st

# Words that the rules look for, in any order, with the syntax of other languages in between.
_PIECES = """which the of in by cited references reference ref works papers published table Table 1 2 3-5 figure section
abstract according to how many number list oldest newest between and 2010 1990s nineties before after from authors
Whiteside van der Meulen Han Y Long's et al 10.1000/x [12] [ ( ) " ' “ ” : ; , . ? ! * \\ ^ $ | { } + - – # % && OR AND
NOT NEAR/3 field:x^2 '; DROP-TABLE -- SELECT .*(a+)+$ \\d \\x00 종양 面包 🥖 β TGF-β Tregs \u0301 ß İ ﬁ x""".split()

ANY_TEXT = st.one_of(
    st.text(max_size=200), st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join).map(lambda text: text[:2000])
)

_UNITS = [
    "which ", "the ", ",", "1", "1,", "ref 1, ", " ", "in the ", "cited ", "works ", "how many ", "number of a b ",
    "papers that is are ", "A", "Aa ", "by Aa ", "[", "[1,", "10.1000/", "the a a a a ", "what is ", "a-", "'", "a:",
    "the section on ", "tables on ", "which a b c ", "Van der ", "종양", "🥖", "2012 ", "from 2012 to ", "list all ",
    "which references are is are ", "lactobacilly ", "main text ", "Long's ", "regulatory T cells ", ".?!", "((a+)+",
    "published paper ", "not in the table ", "end of the ", "sections 1 and ", "β", "tab. ", "under “",
]  # fmt: skip
LONG_TEXTS = [(unit * 2000)[:2000] for unit in _UNITS] + ["a" + " " * 1998 + "b", "10.1000/" + "." * 1992]
