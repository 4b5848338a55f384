import { stemOf } from '../text/stems.ts';

const functionWords = `
a about above across after again against all almost along already also although always am among an
and another any are around as at away be became because become becomes been before behind being
below between beyond both but by can cannot could despite did do does doing done down due during
each either else especially etc even ever every few first for from further furthermore had has
have having he hence her here hers him his how however i if in indeed instead into is it its
itself just last latter least less let like likely made mainly make makes making many may me might
more moreover most much must my namely near need needs neither never nevertheless next no nor not
now of off often on once one ones only onto or other others otherwise our ours out over own per
perhaps quite rather really same second several shall she should since so some sometimes still
such than that the their theirs them then there thereby therefore these they this those though
three through throughout thus to together too toward towards two under unlike until up upon us use
used useful user uses using usually various very via vs was way ways we well were what when where
whereas whether which while who whole whom whose why will with within without would yet you your
yours
`;

const wordsOfPapers = `
abstract accurate accurately achieve achieved achieves achieving additional additionally address
addresses addressing advance advances advantage aim aims allow allowing allows analyse analyses
analysis analyze approach approaches article author authors available based basis better can
capable case cases certain challenge challenges challenging code common commonly compare compared
comparing comparison complex consider considered consist consists contrast contribution
contributions conventional crucial current currently demonstrate demonstrated demonstrates depend
describe described design designed develop developed develops difference different difficult
direct directly easily effect effective effectively effectiveness efficiency efficient efficiently
enable enables enabling evaluate evaluated evaluation evidence example examples exhibit existing
experiment experimental experiments explore explored exploring extensive extensively fact finally
find finding findings finds focus following found framework fully fundamental general generally
give given gives good great high higher highly https idea identify impact important importantly
improve improved improvement improvements improves improving including increase increased
increasing increasingly insight insights introduce introduced introduces introducing investigate
investigated investigates involve issue issues key known lack large largely larger lead leading
leads leverage leverages leveraging limit limitation limitations limited literature low lower main
major method methodology methods multiple naturally nature new novel number numerous obtain
obtained offer offers open order outperform outperforming outperforms overall paper papers
particular particularly performance performances performing possible potential potentially present
presented presents previous previously prior problem problems promising proper properties propose
proposed proposes proposing prove proven provide provided provides providing purpose range recent
recently reduce reduced related remain remains report reported require required requires research
researchers result resulting results reveal reveals review role set shed show showed showing shown
shows significant significantly similar simple simply single small solution solutions solve
solving specific specifically standard state step strong studied studies study studying
substantial substantially success successful successfully suffer suggest suggests superior support
tackle take task tasks term terms total traditional true typical typically underlying understand
understanding validate varying wide widely work works yield yields
`;

/** The words of grammar alone: a title that says "a unified approach" may still mean it. */
export const grammarWords: ReadonlySet<string> = new Set(functionWords.trim().split(/\s+/));

/** Words that say nothing about a subject: function words, and what every paper says of itself. */
export const stopwords: ReadonlySet<string> = new Set(
  `${functionWords} ${wordsOfPapers}`.trim().split(/\s+/),
);

/** Stems of what every paper says of itself. */
export const paperWords: ReadonlySet<string> = new Set(
  wordsOfPapers.trim().split(/\s+/).map(stemOf),
);

const nameless = `
ability abstract accuracy action activity algorithm amount application aspect assess assume
average aware basic become behave behavior behaviour benchmark best big bound build capability
category change character class combine come component compute concept condition construct content
context core correlate cost count create cross cut data dataset deep degree depend detail develop
dimension direct distribution domain drive dual dynamic early element end enhance entire
environment error establish estimate evaluate evolve exist expect experience expert extend extra
factor fail family feature fine form formulate free frontier full function future gain gap
generalize generate generative global go goal group growth guarantee guide hard help human ideal
implement incentivize independent individual infer information input instance integrate interact
interest intermediate internal item joint keep key knowledge label language large latent layer
learn level life line local long look loss machine manner many map mean measure mechanism member
meta metric mitigate mode model module move multi multilevel multimodal multiple natural network
neural non normal object objective observe operate optimal optimize origin outcome output pair
parallel parameter part pattern people perceive perspective phase plan play point population post
power practice pre predict presence pressure prevent principle procedure process product
production program progress project property proportion push quality quantity question random rate
ratio ready real reality region relate relative release reliable replace represent representation
resource respond response rethink rich risk robust run sample scalable scale scenario scheme score
search self semi sense sequence series setting shape share shift short shot signal size social
source space speed stable stage statistical stop strategy strength structure style sub subject
survey system target taught team technique technology test theory time top trade train transfer
trend trick turn type unit update user value variable variant variety version view vision visual
volume want weak weight word world year zero
`;

/** Stems that belong to too many subjects to name one unless another word stands beside them. */
export const namelessStems: ReadonlySet<string> = new Set(nameless.trim().split(/\s+/).map(stemOf));
