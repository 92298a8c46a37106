"""Small closed lists about English news prose: function words, titles, words for people and for bodies, given names.

Plain data, written for this project. The given names are hints about a person's gender and no more: an unknown name is
as good as a known one.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set: the way in which this package writes its lists down."""
    return frozenset(text.split())


FUNCTION_WORDS = word_set(
    "a about above according across after again against ago all almost along already also although always am amid"
    " among an and another any anybody anyone anything apparently are around as asked aside at away back because"
    " been before behind being below besides best better between beyond both but by can cannot could despite did do"
    " does during each earlier early either else even eventually ever every everybody everyone everything except far"
    " few finally first following for former from further given had has have having he hence her here hers herself"
    " him himself his how however i if in including indeed inside instead into is it its itself just last late later"
    " least less let like likewise made many may maybe me meanwhile might mine more moreover most much must my"
    " myself near nearly neither never nevertheless next no nobody none nonetheless nor not nothing now of off often"
    " on once one only onto or other others otherwise our ours out outside over overall own per perhaps plus quite"
    " rather really recently same second see seen several shall she should since so some somebody someone something"
    " sometimes soon still such take than thank thanks that the their theirs them themselves then there therefore"
    " these they third this those though three through throughout thus till to today together tomorrow tonight too"
    " toward towards two under unfortunately unless unlike until up upon us usually very via was we well were what"
    " whatever when whenever where whereas wherever whether which while who whoever whom whose why will with within"
    " without would yes yesterday yet you your yours yourself asking speaking saying citing noting adding calling"
    " referring using four five six seven eight nine ten dozens hundreds thousands millions half part end four-year-"
    " old sadly clearly obviously"
)
DAYS_AND_MONTHS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august"
    " september october november december jan feb mar apr jun jul aug sept sep oct nov dec christmas easter ramadan"
    " thanksgiving"
)
PEOPLES = word_set(
    "american americans british briton britons english scottish welsh irish french german germans russian russians"
    " chinese japanese korean indian indians pakistani afghan iraqi iranian iranians israeli israelis palestinian"
    " palestinians syrian turkish greek italian italians spanish portuguese polish ukrainian ukrainians norwegian"
    " swedish danish finnish dutch belgian swiss austrian hungarian czech slovak romanian bulgarian serbian croatian"
    " egyptian saudi qatari lebanese jordanian kurdish arab arabs african african-american african-americans asian"
    " european europeans latino latinos hispanic hispanics mexican mexicans canadian australian brazilian cuban"
    " venezuelan nigerian kenyan ethiopian somali muslim muslims christian christians jewish jews catholic catholics"
    " evangelical evangelicals mormon islamic western republican republicans democrat democrats democratic labour"
    " tory tories conservative conservatives liberal liberals libertarian communist socialist congressional"
    " presidential federal southern northern eastern"
)
PLACES = word_set(
    "america u.s us usa u.k uk britain england scotland wales ireland france germany russia china japan korea india"
    " pakistan afghanistan iraq iran israel palestine syria turkey greece italy spain portugal poland ukraine norway"
    " sweden denmark finland netherlands belgium switzerland austria hungary romania bulgaria serbia croatia egypt"
    " qatar lebanon jordan libya yemen africa asia europe mexico canada australia brazil cuba venezuela nigeria"
    " kenya ethiopia somalia gaza crimea taiwan washington london paris berlin moscow kyiv kiev beijing tokyo"
    " brussels geneva rome madrid oslo stockholm helsinki copenhagen warsaw jerusalem cairo tehran baghdad kabul"
    " delhi texas florida california ohio iowa nevada virginia pennsylvania michigan wisconsin colorado arizona"
    " georgia illinois indiana massachusetts connecticut maryland minnesota missouri oregon utah vermont alabama"
    " alaska arkansas hawaii idaho kansas kentucky louisiana maine mississippi montana nebraska oklahoma tennessee"
    " wyoming carolina dakota hampshire jersey york boston chicago philadelphia detroit atlanta dallas houston miami"
    " denver cleveland seattle orlando milwaukee brooklyn manhattan harlem hollywood facebook twitter google youtube"
    " instagram"
)
BODIES = word_set(
    "administration agency academy army association authority bank board brigade bureau cabinet campaign center"
    " centre chamber church club coalition college commission committee company conference congress convention"
    " council court department embassy federation force forces forum foundation fund government group guard hospital"
    " house inc institute institution journal kremlin league legislature llc magazine ministry movement museum"
    " nation navy network news newspaper office organization organisation pac parliament party pentagon police post"
    " press project radio reserve school senate service services society street supreme team television times"
    " tribune tv union university bloc alliance nato un eu who imf fbi cia nsa gop dnc rnc cnn nbc abc cbs msnbc fox"
    " bbc nrk ap reuters gallup herald globe guardian"
)
TITLES = word_set(
    "mr mrs ms miss dr sir dame lord lady sen sens senator senators gov govs governor rep reps representative"
    " congressman congresswoman president vice-president premier chancellor minister mayor judge justice secretary"
    " ambassador commissioner general gen lt lieutenant col colonel capt captain maj major sgt sergeant adm admiral"
    " officer detective sheriff chief director prof professor rev reverend pastor father bishop archbishop cardinal"
    " pope rabbi imam king queen prince princess emperor sheikh ayatollah speaker leader chairman chairwoman chair"
    " attorney prosecutor counsel spokesman spokeswoman spokesperson strategist adviser advisor aide analyst"
    " candidate nominee author reporter host anchor correspondent columnist editor producer actor actress singer"
    " comedian activist delegate councilman councilwoman alderman assemblyman assemblywoman treasurer comptroller"
    " superintendent principal coach founder ceo owner manager ex-president ex-mayor ex-gov undersecretary under-"
    " secretary secretary-general envoy coordinator economist historian pollster lawyer doctor nurse teacher"
    " carpenter farmer driver fisherman congressmen pres hon amb atty del"
)
MALE_WORDS = word_set(
    "mr sir lord congressman spokesman chairman businessman councilman assemblyman king prince father pope actor"
    " husband son brother grandfather uncle nephew boyfriend man boy gentleman widower priest bishop archbishop"
    " cardinal imam rabbi salesman policeman fisherman fireman cameraman newsman statesman"
)
FEMALE_WORDS = word_set(
    "mrs ms miss dame lady congresswoman spokeswoman chairwoman businesswoman councilwoman assemblywoman queen"
    " princess actress wife daughter sister mother grandmother aunt niece girlfriend woman girl widow first-lady"
    " policewoman saleswoman heroine hostess nun"
)
PEOPLE_WORDS = word_set(
    "activist adviser advisor aide ambassador analyst anchor attorney author businessman businesswoman candidate"
    " challenger chairman chairwoman chancellor chief colleague columnist comedian commander commentator"
    " commissioner congressman congresswoman consultant coordinator critic delegate deputy diplomat director doctor"
    " economist editor executive expert farmer father founder front-runner frontrunner governor head historian host"
    " husband journalist judge justice lawmaker lawyer leader lieutenant man mayor member minister mogul moderator"
    " mother mp narrator neighbor neighbour nominee nurse officer official operative opponent organizer owner pastor"
    " physician politician pollster premier president priest professor prosecutor representative republican democrat"
    " researcher resident rival scholar scientist secretary senator sheriff soldier son daughter speaker spokesman"
    " spokesperson spokeswoman staffer star strategist student supporter surrogate teacher veteran volunteer voter"
    " wife witness woman worker writer billionaire celebrity magnate tycoon contender hopeful incumbent newcomer"
    " physicist admiral actress actor"
)
MALE_NAMES = word_set(
    "aaron abdul abdullah abraham adam ahmed alan albert alejandro aleksandr alex alexander alexei alfred ali allen"
    " amir anders andre andreas andrei andrew andrzej angus anthony antonio antony arne arthur barack barry bart ben"
    " benjamin bernard bernie bill billy bjarne bjørn bob bobby boris brad bradley brandon brendan brent brett brian"
    " bruce bruno bryan calvin carl carlos casey cesar chad charles charlie chris christian christoph christopher"
    " chuck clarence claude clay colin conor corey craig curtis dale damian dan daniel danny darren dave david dean"
    " dennis derek diego dick dinesh dmitri dmitry dominic don donald doug douglas duncan dwight earl ed eddie edgar"
    " eduardo edward edwin elias elijah eliot emil emmanuel emmett enrique eric erik ernest espen ethan eugene evan"
    " farid felix fernando floyd francis francisco francois frank franklin fred frederick fredrik gabriel gary gavin"
    " gene geoff geoffrey george gerald gerard gerhard giorgio glenn gordon graham grant greg gregory guillermo"
    " gunnar gus guy hamid hans harald harold harry harvey hassan hector helmut henrik henry herbert herman howard"
    " hugh hugo hussein ian ibrahim igor ivan ivo jack jacob jacques jake james jamie jan jared jason javier jay"
    " jean jeb jeff jeffrey jens jeremy jerome jerry jesse jesus jim jimmy joachim joe joel john johnny jon jonah"
    " jonas jonathan jorge jose josef joseph josh joshua juan julian julius justin karim karl kasper keir keith ken"
    " kenneth kent kevin khaled khalid kirk kristian kurt kyle lance larry lars laurence lawrence lee leo leon"
    " leonard leonid leopold lester levi lloyd louis lucas luis luke magnus malcolm manuel marc marcel marco marcus"
    " mario mark markus marshall martin marvin mateusz matt matthew max maxime michael michel miguel mike mikhail"
    " miles mitch mitt mohamed mohammad mohammed moses muhammad mustafa nathan nathaniel neil nelson newt nicholas"
    " nick nicolas nigel nikolai noah noel norman olaf olav ole oleg oliver omar oscar otto owen pablo patrick paul"
    " pavel pedro peter petr phil philip philippe phillip pierre piotr rafael rahul ralph ramon rand randall randy"
    " raul ray raymond reince rex ricardo rich richard rick ricky rob robert roberto robin rod rodney rodrigo roger"
    " roland ron ronald ross roy ruben rudolph rudy rupert russ russell ryan sam samir samuel scott sean sebastian"
    " sergei sergey seth shane shaun simon stan stanley stefan stephen steve steven stewart stuart sven sylvester"
    " tariq ted terence terrence terry theodore thomas tim timothy tobias todd tom tomas tommy tony travis trey"
    " trevor tyler vaclav victor viktor vince vincent vladimir volodymyr walter warren wayne wendell wesley wilhelm"
    " will willem william willie winston wolfgang xavier yuri yusuf zachary huck lindsey lincoln merrick denny corey"
    " vernon clint quentin ravi sanjay arjun rajiv narendra hiroshi kenji shinzo jinping wei ming jong ban kofi"
    " desmond thabo jacob olusegun goodluck"
)
FEMALE_NAMES = word_set(
    "abby abigail adele agnes aisha alexandra alice alicia alison allison alyssa amanda amber amelia amina amy ana"
    " anastasia andrea angela angelina angie anita ann anna anne annette annie april ariana arianna ashley astrid"
    " audrey ayesha barbara beatrice becky bella bernadette beth bethany betsy betty beverly birgit bonnie brenda"
    " bridget brigitte brittany camille carla carly carmen carol carole caroline carolyn catherine cathy cecilia"
    " celia charlotte chelsea cheryl christina christine cindy claire clara claudia colleen connie cynthia daisy"
    " dana danielle daphne deborah debbie debra denise diana diane dina dolores donna dora doris dorothy edith"
    " eileen elaine eleanor elena elisabeth elise eliza elizabeth ella ellen elsa emilia emily emma erica erin erna"
    " esther eva evelyn faith fatima fiona florence frances gabriela gabrielle gail gennifer gina gloria grace greta"
    " gwen hannah harriet heather heidi helen helena helene hillary hilary holly hope huma ida ilse inga ingrid"
    " irene irina iris isabel isabella ivanka jackie jacqueline jan jane janet janice janine jasmine jean jeanne"
    " jenna jennifer jenny jessica jill joan joanna joanne jodi josephine joy joyce judith judy julia juliana julie"
    " june kaja kara karen karin karla kate katherine kathleen kathryn kathy katie katrina kayla kellyanne kelli"
    " kellie kim kimberly kirsten kristen kristin kristina lara laura lauren laurie leah leila lena leslie lila"
    " lillian linda lisa liz loretta lori lorraine louise lucia lucy lydia lynn madeleine madison maggie mara marcia"
    " margaret maria marianne marie marilyn marina marion marissa marjorie marlene martha mary matilda maureen megan"
    " meg meghan melania melanie melissa mercedes meredith mette michelle mildred miriam moira molly mona monica"
    " monika nadia nancy naomi natalia natalie natasha nicole nikki nina nora norma olga olivia paige pam pamela"
    " patricia patty paula pauline peggy penelope penny phyllis priscilla rachel rebecca regina renee rhonda rita"
    " roberta rosa rosalind rose rosemary roxanne ruth sabrina sally samantha sandra sara sarah sasha shannon sharon"
    " sheila shelley sherry sheryl shirley silvia simone siobhan sofia sonia sonja sophia sophie stacey stella"
    " stephanie sue susan susanna suzanne sylvia tamara tammy tania tanya tara teresa theresa tina tracy trudy"
    " ursula valentina valerie vanessa vera veronica victoria viola violet virginia vivian wanda wendy whitney"
    " yolanda yvette yvonne zahra zoe condoleezza nikki kamala sanna sigrid solveig hanne marit ylva annalena"
    " giorgia maia jacinda gro christiane dilma cristina benazir indira sonya yulia oksana svetlana"
)
MALE_PRONOUNS = word_set("he him his himself")
FEMALE_PRONOUNS = word_set("she her hers herself")
SUBJECT_PRONOUNS = word_set("he she they i we it who you")
PARTICLES = word_set("de van von der den bin ibn al el la le da di dos del du ten ter ben abu af av zu")
DETERMINERS = word_set(
    "the a an his her their its our my this that one another some many several most both each these those two three no"
)
NAME_SUFFIXES = word_set("jr sr ii iii iv")
