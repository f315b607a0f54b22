"""Recognise names of journals, abbreviated or whole."""

import re

_STEMS = (
    "Acad|Acta|Adv|Afr|Agric|Agron|Alternat|Am|Anal|Anat|Anesth|Anim|Ann|Annu|Antimicrob|Appl|Aquat|Arch|Arthritis|Assoc|Aust"
    "|Bacteriol|Behav|Biochem|Bioeng|Bioinform|Biol|Biomater|Biomed|Biophys|Biosci|Biosens|Biotechnol|Bot|Br|Bras|Breed|Bull"
    "|Calcif|Can|Cardiol|Cardiothorac|Cardiovasc|Catal|Cereb|Chem|Chemother|Chim|Chin|Chromatogr|Chron|Circ|Clin|Clim|Cogn|Coll"
    "|Colloid|Comb|Commun|Comp|Complement|Comput|Connect|Conserv|Contam|Cosmet|Crit|Crystallogr|Cult|Curr|Cytol|Dent|Dermatol"
    "|Des|Dev|Diabetol|Diagn|Dis|Discov|Dtsch|Dyn|Ecol|Econ|Edn|Educ|Electrochem|Electron|Embryol|Emerg|Encycl|Endocr|Endocrinol"
    "|Endosc|Energ|Eng|Engl|Entomol|Environ|Enzym|Epidemiol|Epilepsy|Ergon|Essent|Ethnopharmacol|Eur|Evid|Evol|Exp|Expr"
    "|Fam|Fertil|Fish|Found|Front|Funct|Gastroenterol|Gastrointest|Gen|Genet|Genom|Geochim|Geol|Geophys|Geriatr|Gerontol|Gynecol"
    "|Haematol|Health|Heartl|Hematol|Hepatol|Histochem|Histol|Hist|Hort|Hortic|Hortsci|Hosp|Hum|Hyg|Hypertens|Immun|Immunol"
    "|Immunother|Ind|Infect|Inflamm|Inform|Inorg|Insect|Inst|Instrum|Int|Integr|Intensiv|Interdiscip|Intern|Invertebr|Invest"
    "|Investig|Isr|Ital|J|Jpn|Korean|Kidney|Lab|Lancet|Lang|Laryngol|Lett|Leukoc|Linn|Lit|Mach|Macromol|Magn|Malar|Manag|Mar"
    "|Mater|Math|Mech|Med|Mem|Membr|Metab|Methods|Microb|Microbiol|Microsc|Mol|Monit|Morphol|Mutat|Mycol|Nanobiotechnol"
    "|Nanomedicine|Nanosci|Nanotechnol|Nat|Natl|Nephrol|Neural|Neurobiol|Neurochem|Neuroimmunol|Neurol|Neuropathol|Neurophysiol"
    "|Neurosci|Neurosurg|Neuropsychopharmacol|Nucl|Nurs|Nutr|Obes|Obstet|Occup|Oceanogr|Oncol|Ophthalmol|Opin|Opt|Organ|Org|Organomet|Orthop"
    "|Otolaryngol|Parasitol|Pathog|Pathol|Pediatr|Perspect|Pest|Pestic|Pharm|Pharmaceut|Pharmacogn|Pharmacol|Pharmacother|Philos"
    "|Photobiol|Photochem|Phys|Physiol|Phytochem|Phytopathol|Phytother|Planet|Plast|Pol|Policy|Poll|Pollut|Polym|Postharvest|Poult"
    "|Pract|Prev|Probiotics|Proc|Process|Prod|Prog|Prospect|Prostate|Protoc|Psychiatr|Psychol|Psychopharmacol|Psychosom|Publ|Pulm"
    "|Qual|Quant|Radiat|Radiol|Rec|Refract|Reg|Regul|Rehabil|Remote|Ren|Rep|Reprod|Res|Resour|Respir|Respirol|Rev|Rheum|Rheumatol"
    "|Sci|Scand|Schizophr|Semin|Sens|Sep|Ser|Signal|Soc|Sociol|Spectrom|Spectrosc|Stand|Stat|Stem|Stereotact|Struct|Stud|Subst"
    "|Suppl|Surg|Surv|Surveill|Sustain|Symp|Syst|Technol|Teratol|Tetrahedron|Theor|Ther|Thorac|Thromb|Thromb|Top|Torrey|Toxicol"
    "|Trans|Transf|Transfus|Transl|Transplant|Treat|Trends|Trop|Tuberc|Tumor|Ultrasound|Univ|Urol|Vaccin|Vasc|Vet|Virol|Vis|Viral"
    "|Vitam|Wien|Wkly|Yale|Zool|Zh|Z|Ztschr"
)
_WHOLE = (
    "Journal|Journals|Annals|Archives|Archiv|Bulletin|Proceedings|Transactions|Reviews|Review|Letters|Gazette|Acta|Advances|Progress"
    "|Trends|Nature|Science|Sciences|Cell|Lancet|Frontiers|BMC|PLoS|PLOS|Plos|JAMA|BMJ|EMBO|FEBS|FASEB|PNAS|PeerJ|eLife|Elife|JCI"
    "|Biology|Medicine|Chemistry|Physics|Genetics|Genomics|Oncology|Immunology|Microbiology|Ecology|Physiology|Pathology|Neurology"
    "|Surgery|Radiology|Cardiology|Virology|Psychiatry|Psychology|Pharmacology|Toxicology|Pediatrics|Biotechnology|Bioinformatics"
    "|Neuroscience|Nutrition|Epidemiology|Diabetes|Blood|Cancer|Cancers|Gut|Circulation|Neuron|Molecules|Nutrients|Viruses|Sensors"
    "|Research|Reports|Communications|Opinion|Perspectives|Quarterly|Magazine|Zeitschrift|Revista|Revue|Rivista|Giornale|Chemosphere"
    "|Biochemistry|Biomaterials|Endocrinology|Gastroenterology|Hepatology|Urology|Chest|Thorax|Heart|Stroke|Brain|Pain|Vaccine|bioRxiv"
    "|medRxiv|arXiv|Medwave|Cureus|Euphytica|Planta|Theriogenology|Oncogene|Leukemia|Spine|Obesity|Appetite|Animals|Plants|Foods|Cells"
)
_ABBREVIATION = re.compile(rf"(?:{_STEMS})s?\.?$")
_NAME = re.compile(rf"(?:{_WHOLE})\b")
_JOINING = re.compile(r"(?:of|and|the|for|in|on|de|der|des|du|la|für|et|y|e|&)$", re.IGNORECASE)
_WORDS = re.compile(r"[^\s/:,]+")
_CONTINUING = re.compile(
    r"(?:[A-IK-Z]\b\.?(?!\s?Engl?\b)|(?:Acad|Assoc|Breed|Care|Commun|Crystallogr|Cult|Lett|Manag|Opin|Rev|Scand|Soc|Spectrom"
    r"|Wochenschr)\b(?!\s[A-Z][a-z]+\s[A-Z]))"
)


def is_journal(words: str) -> bool:
    """Tell whether words may be a journal's full name: few, capitalised, one of them typical of journals."""
    found = _WORDS.findall(words)
    if not 1 <= len(found) <= 14 or not words[0].isalnum() or not all(_is_capital(word) for word in found):
        return False
    return bool(_NAME.search(words)) or any(_ABBREVIATION.match(word) for word in found)


def is_abbreviated(words: str) -> bool:
    """Tell whether words are part of an abbreviated name, such as "Annu." or "Dev. Cell" or "U."."""
    found = _WORDS.findall(words)
    if not 1 <= len(found) <= 6 or not all(_is_capital(word) for word in found):
        return False
    last = found[-1]
    return last.endswith(".") and (bool(_ABBREVIATION.match(last)) or (len(last) <= 3 and last[0].isupper()))


def continues(words: str) -> bool:
    """Tell whether words can only continue a journal's name: "Rev. Immunol", "U.S.A", "Biol"."""
    is_rest = " " not in words and bool(_ABBREVIATION.match(words)) and not _NAME.match(words)
    return is_rest or bool(_CONTINUING.match(words))


def may_go_on(words: str) -> bool:
    """Tell whether a journal's name may continue after these words: few, each capitalised."""
    found = _WORDS.findall(words)
    return 1 <= len(found) <= 4 and all(_is_capital(word) for word in found) and len(found[-1]) <= 16


def is_undotted(words: str) -> bool:
    """Tell whether a name is abbreviated without full stops, as in "J Salt Res"."""
    found = _WORDS.findall(words)
    return any(_ABBREVIATION.match(word) and not word.endswith(".") for word in found[:-1])


def is_whole(words: str) -> bool:
    """Tell whether a name begins with a word that journals write out: "Nature", "Lancet Oncol"."""
    return bool(_NAME.match(words))


def _is_capital(word: str) -> bool:
    return (
        word[0].isupper()
        or word[0] in "(&["
        or bool(_JOINING.match(word))
        or bool(re.match(r"[a-z][A-Z]|bio|med|npj|e[A-Z]", word))
    )
