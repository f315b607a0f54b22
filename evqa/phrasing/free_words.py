"""Words that a phrased sentence may have though no claim has them: they join, point and report, and say nothing new.

What changes a meaning in small words (negation, quantity, doubt, cause, direction) is checked apart and isn't listed.
"""

_CLOSED = """a an the this that these those it its they them their theirs he she his her we us our i you your
    which who whom whose what when where why how as if than then there here of in on at by for to from
    with into onto upon within during through throughout between among amongst across along around via
    per under over after before since until while against toward towards about concerning regarding and
    or nor but yet so both either also too even still already again be is are was were been being am do
    does did done has have had having will would shall one ones same such other others another each own
    itself themselves himself herself thereby thereof therein s e g i eg ie etc vs versus up out off
    down because due may might can could should must not no none neither nor without cannot more most
    less least all any every both much very quite rather always above below exceeding"""
_JOINING = """however therefore thus hence moreover furthermore additionally addition likewise similarly
    nevertheless nonetheless instead namely respectively though although albeit whereas whilst meanwhile
    conversely contrast comparison accordingly consequently subsequently afterward afterwards later
    finally overall further besides indeed notably specifically particular particularly especially
    including include includes included example instance like together well way ways term terms far
    given whether once regardless despite spite according turn besides following followed namely
    thereafter importantly interestingly former latter aforementioned"""
_REPORTING = """show shows showed shown showing find finds found finding findings report reports reported reporting
    describe describes described observe observes observed observation observations note noted notes
    demonstrate demonstrates demonstrated reveal reveals revealed identify identifies identified see
    seen study studies studied work author authors researchers investigators paper article review
    evidence data result results indicate indicates indicated mean means state states stated conclude
    concludes concluded examine examined investigate investigated assess assessed evaluate evaluated"""
_LIGHT = """use uses used using make makes made making give gives gave get gets got go goes take takes took
    taken have become becomes became becoming come comes came provide provides provided serve serves
    served occur occurs occurred happen happens happened exist exists present presented remain remains
    remained involve involves involved relate related relating associate carry carried perform performed
    conduct conducted undergo underwent keep kept call called known consist consists contain contains
    contained case cases kind kinds type types form forms part parts manner number thing things people
    person individual individuals"""
# Numbers in words are read as numbers.
_NUMBERS = """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen
    nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion percent cent"""
FREE_WORDS = frozenset(f"{_CLOSED} {_NUMBERS} {_JOINING} {_REPORTING} {_LIGHT}".split())
# Between two stretches of different claims stands one of these, or a sign.
JOINTS = frozenset(
    """and or but yet so while whilst whereas although though because since as which who whose that where when if
    however thus therefore hence than then also both""".split()
)
