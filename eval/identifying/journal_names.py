"""Write the abbreviated name of a journal out, as databases print it."""

import re

# Names that aren't their abbreviation's words written out.
_WHOLE = {
    "proc natl acad sci u s a": "Proceedings of the National Academy of Sciences",
    "proc natl acad sci usa": "Proceedings of the National Academy of Sciences",
    "n engl j med": "New England Journal of Medicine",
    "lancet": "The Lancet",
    "lancet oncol": "The Lancet Oncology",
    "cochrane database syst rev": "Cochrane Database of Systematic Reviews",
    "biochim biophys acta": "Biochimica et Biophysica Acta (BBA) - Molecular Basis of Disease",
    "bmj": "BMJ",
    "br med j": "BMJ",
    "blood": "Blood",
    "jama": "JAMA",
    "gut": "Gut",
    "cell": "Cell",
    "embo j": "The EMBO Journal",
    "faseb j": "The FASEB Journal",
    "plant j": "The Plant Journal",
    "plant cell": "The Plant Cell",
    "j neurol neurosurg psychiatry": "Journal of Neurology, Neurosurgery & Psychiatry",
    "am j clin nutr": "The American Journal of Clinical Nutrition",
    "j clin invest": "Journal of Clinical Investigation",
    "j invest dermatol": "Journal of Investigative Dermatology",
    "clin oncol (r coll radiol)": "Clinical Oncology",
    "ann endocrinol (paris)": "Annales d'Endocrinologie",
    "toxins (basel)": "Toxins",
    "int j radiat oncol biol phys": "International Journal of Radiation Oncology*Biology*Physics",
}
_WORDS = dict(
    pair.split(":")
    for pair in """Acad:Academy
    Addit:Additives Adv:Advances Aerosp:Aerospace Affect:Affective Agric:Agricultural Agron:Agronomy
    Aliment:Alimentary Allergy:Allergy Altern:Alternative Am:American Anal:Analytical Anat:Anatomy Anim:Animal
    Ann:Annals Annu:Annual Antibiot:Antibiotics Antimicrob:Antimicrobial Apher:Apheresis Appl:Applied
    Arch:Archives Arterioscler:Arteriosclerosis Assoc:Association Aust:Australian Bacteriol:Bacteriology
    Basic:Basic Behav:Behavior Biochem:Biochemistry Bioeng:Bioengineering Biol:Biology Biomed:Biomedical
    Bioorg:Bioorganic Biophys:Biophysical Biosci:Bioscience Biotechnol:Biotechnology Bot:Botany Br:British
    Braz:Brazilian Breed:Breeding Bull:Bulletin Can:Canadian Cardiol:Cardiology Cardiovasc:Cardiovascular
    Chem:Chemistry Chemother:Chemotherapy Child:Childhood Circ:Circulation Clin:Clinical Coll:College
    Colloid:Colloid Commun:Communications Complement:Complementary Conserv:Conservation Contam:Contaminants
    Control:Control Cosmet:Cosmetic Crit:Critical Crohns:Crohn’s Cult:Culture Curr:Current Dent:Dental
    Dermatol:Dermatology Dev:Development Differ:Differentiation Dig:Digestive Dis:Diseases Disord:Disorders
    Ecol:Ecology Educ:Education Emerg:Emerging Endocr:Endocrine Endocrinol:Endocrinology Engl:England
    Entomol:Entomology Environ:Environmental Epidemiol:Epidemiology Ethnopharmacol:Ethnopharmacology
    Eur:European Evid:Evidence Evol:Evolution Exerc:Exercise Exp:Experimental Front:Frontiers Funct:Functional
    Gastroenterol:Gastroenterology Gastrointest:Gastrointestinal Gen:General Genet:Genetics Genom:Genomics
    Gerontol:Gerontology Haematol:Haematology Haemost:Haemostasis Hematol:Hematology Hepatol:Hepatology
    Hortic:Horticulturae Hosp:Hospital Hum:Human Hyg:Hygiene Immunol:Immunology Immunother:Immunotherapy
    Ind:Industrial Infect:Infection Inflamm:Inflammation Inform:Informatics Innov:Innovative Int:International
    Intern:Internal Interv:Interventional Invest:Investigation J:Journal Jpn:Japanese Lab:Laboratory
    Lett:Letters Leukoc:Leukocyte Macromol:Macromolecules Manag:Management Med:Medicine Metab:Metabolism
    Methods:Methods Microb:Microbial Microbiol:Microbiology Mol:Molecular Monit:Monitoring Mosq:Mosquito
    Nanotechnol:Nanotechnology Nat:Nature Natl:National Nephrol:Nephrology Neurobiol:Neurobiology
    Neurol:Neurology Neuropathol:Neuropathology Neuropsychiatry:Neuropsychiatry Neurosci:Neuroscience
    Neurosurg:Neurosurgery Nucl:Nuclear Nurs:Nursing Nutr:Nutrition Obstet:Obstetrics Occup:Occupational
    Oncol:Oncology Ophthalmol:Ophthalmology Opin:Opinion Orthop:Orthopaedic Parasitol:Parasitology
    Pathog:Pathogens Pathol:Pathology Pediatr:Pediatrics Perspect:Perspectives Pest:Pest Pharm:Pharmacy
    Pharmacol:Pharmacology Pharmacother:Pharmacotherapy Phys:Physics Physiol:Physiology Phytochem:Phytochemistry
    Phytopathol:Phytopathology Phytother:Phytotherapy Pract:Practice Prev:Preventive Probl:Problems
    Proc:Proceedings Prod:Products Prog:Progress Protect:Protection Psychiatr:Psychiatric Psychol:Psychology
    Pulm:Pulmonary Radiat:Radiation Radiol:Radiology Rec:Record Reg:Regional Regul:Regulation
    Rehabil:Rehabilitation Rep:Reports Reprod:Reproduction Res:Research Resour:Resources Respir:Respiratory
    Rev:Reviews Rheum:Rheumatic Rheumatol:Rheumatology Scand:Scandinavian Sci:Science Semin:Seminars Soc:Society
    Sociol:Sociology Stand:Standards Stat:Statistics Stud:Studies Suppl:Supplement Surg:Surgery Surv:Survey
    Symp:Symposium Syst:Systematic Technol:Technology Theor:Theoretical Ther:Therapy Thorac:Thoracic
    Thromb:Thrombosis Toxicol:Toxicology Trans:Transactions Transfus:Transfusion Transl:Translational
    Transplant:Transplantation Treat:Treatment Trop:Tropical Ultrasound:Ultrasound Univ:University Urol:Urology
    Vasc:Vascular Vet:Veterinary Virol:Virology Vis:Visual World:World Zool:Zoology Zoonotic:Zoonotic""".split()
)


def written_out(journal: str) -> str:
    """A journal's name with its words written out: "J. Biol. Chem" is "Journal of Biology Chemistry".

    The forms of words are guessed, as no table of journals comes with the product: "Biology" stands for "Biological".
    Words that aren't known stay. A name whose words are all whole is returned as it is.
    """
    folded = " ".join(journal.replace(".", " ").split())
    if whole := _WHOLE.get(folded.lower()):
        return whole
    parts = [_WORDS.get(part, part) for part in folded.split()]
    if parts == folded.split():
        return folded
    named = " ".join(parts)
    return re.sub(r"\b(Journal|Annals|Archives|Proceedings|Bulletin|Reviews)(?= (?!of\b))", r"\1 of", named, count=1)
