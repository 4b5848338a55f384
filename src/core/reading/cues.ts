/**
 * What the words of a sentence say of its part in an abstract. English alone; an abstract in
 * another language goes by its sections, its title and its numbers.
 */

/** Who speaks in an abstract of its own work; `i.e.` is not the pronoun. */
const SELF = String.raw`(?:we|our|i(?!\.\s?e\b))`;
/** What a paper calls itself. */
const ITSELF =
  '(?:paper|work|article|study|survey|review|report|letter|thesis|manuscript|note|chapter|trial)';

/** What an author does who brings something. */
const GIVE =
  '(?:(?:propos|introduc|develop|design|devis|construct|formulat|releas|generali[sz]|contribut)\\w*|(?:present|provide|describe|derive|create|build|extend|offer)s?\\b)';

const source = (...parts: string[]) => new RegExp(parts.join('|'), 'i');

const isOwn = source(
  String.raw`(?<!\b(?:which|that|can|could|do|should) )\b${SELF}\b`,
  String.raw`\bth(?:is|e present) ${ITSELF}\b`,
);
const isClaim = source(
  String.raw`(?<!\b(?:which|that|can|could|do|should) )\b(?:we|i(?!\.\s?e\b)|paper|work|article|study|here|results?|findings|analys[ie]s|data)\b[^,;]{0,30}\b(?:propos|present|introduc|develop|describ|design|devis|creat|build|construct|provid|contribut|establish|formulat|releas|report|offer|deriv|exten[ds]|show|find|found|demonstrat|prov(?:e|es|ed)\b|reveal|discover|identif|uncover)\w*`,
  String.raw`\b(?:is|are) (?:proposed|presented|introduced|developed|described)\b`,
);
const isProposal = source(
  String.raw`\b(?:we|i(?!\.\s?e\b)|paper|work|here)\b[^,;]{0,30}\b(?:propos|present|introduc|develop|describ|design|devis)\w*`,
);
/** The same further into a sentence, and by what else a paper may bring. */
const isGift = source(
  String.raw`\b(?:we|i(?!\.\s?e\b)|paper|work|article|study|here)\b(?: (?:\w+ly|then|also|first|instead|further|next|thus|here|to|and|next|do|can|will|aims?|seeks?)){0,3} ${GIVE}`,
  String.raw`, (?:and )?(?:\w+ly |then |also )?(?:propose|present|introduce|develop|design|devise|derive|construct|build|release|formulate|provide)\b`,
  String.raw`\b(?:is|are) (?:proposed|introduced|developed|described)\b`,
);
const isAim = source(
  String.raw`\b(?:we|i(?!\.\s?e\b)|paper|work|article|study|here)\b[^,;]{0,30}\b(?:stud(?:y|ies|ied)|investigat|explor|examin|analy[sz]e|consider|address|aim|focus|evaluat|compar|ask)\w*`,
  String.raw`\b(?:aims?|objectives?|purpose|goal) (?:of|is|was|were)\b`,
  String.raw`\b(?:is|are|was|were) (?:investigated|studied|examined|explored|analy[sz]ed|considered|assessed|evaluated|presented|reported|tested|compared|reviewed|searched)\b`,
  String.raw`\b(?:present|report|describe|provide|perform)\w*\b[^,;]{0,40}\b(?:data|surveys?|search|measurements?|observations?|evidence|analys[ie]s|study|investigation|images?|imaging|spectr\w+|experiments?|simulations?|results (?:of|from))\b`,
  String.raw`\b(?:is|are) concerned with\b|\bwe (?:put|seek|want|set out|try|attempt|aimed)\b`,
  String.raw`^to (?:determine|assess|evaluate|examine|investigate|compare|test|explore|estimate|describe|identify|understand|measure)\b`,
);
const isBackdrop =
  /\b(?:recent(?:ly)?|ha(?:s|ve) been|widely|existing|previous|prior|traditional(?:ly)?|often|typically|usually|become|becoming|important|remains?|challeng\w+|crucial|essential|despite|although|while)\b/i;

/** What others hold, or what nobody knows yet: the paper says the opposite, or the answer. */
const isBefore = source(
  String.raw`\b(?:commonly|widely|generally|often|long|conventionally|typically|usually|traditionally|frequently) (?:been )?(?:thought|believed|assumed|held|considered|viewed|regarded|attributed|taken)\b`,
  String.raw`\b(?:is|are|was|were) (?:thought|believed|assumed|supposed|said) to\b`,
  String.raw`\b(?:was|were|is|are) (?:widely |long |generally |commonly |often )*expected (?:to|that)\b|\b(?:prevailing|common|classical|standard|traditional|textbook|dominant|usual|orthodox) (?:view|picture|belief|explanation|account|model|assumption|wisdom)s? (?:holds?|is|was|has|says?|assumes?|attributes?)\b`,
  String.raw`\b(?:commonly|usually|often|generally|widely) (?:explained|interpreted|ascribed|taken)\b|\b(?:needed|lacking|missing|in (?:routine|common|general) use)\b|\b(?:is|are) (?:well |widely )?known (?:to|that|as|for)\b`,
  String.raw`\b(?:conventional|received) wisdom\b|\bit is (?:a )?(?:common|widespread|popular) (?:belief|view|assumption)\b`,
  String.raw`\b(?:remains?|is|are|was|were|has been|have been) (?:still |largely |mostly |so far |yet |an? )?(?:unclear|unknown|elusive|open|debated|contested|disputed|(?:poorly|not(?: \w+)?|little|incompletely) (?:well )?(?:understood|known|studied|explored|established))\b`,
  String.raw`^if\b[^.]{0,200}\b(?:may|might|could|would)\b`,
  String.raw`\b(?:little|less|not much|nothing|few things?) (?:is|was|are) known\b|\bno (?:study|studies|one|method) ha(?:s|ve)\b`,
);
const isQuestion = /\?["”’)]?$/;
const isAllusion =
  /\b(?:this|these|those|such|both|the causes of this) (?:\w+ )?(?:issues?|problems?|gaps?|challenges?|limitations?|assumptions?|drawbacks?|shortcomings?|questions?|difficult(?:y|ies)|insights?|observations?|findings?|needs?|costs?|tasks?|goals?|aims?|trade-offs?|bottlenecks?|views?|beliefs?|hypothes[ei]s|conjectures?|discrepanc(?:y|ies)|effects?|phenomen(?:on|a))\b/i;
const isNotice =
  /\b(?:code|source|website|available|github|https?:|video|supplementary|preregistered|funded by|trial registration)\b/i;
/** What could follow from the paper, and what it talks about without saying it. */
const isOutlook = source(
  String.raw`\b(?:further|future|more|additional|larger|longer) (?:\w+ ){0,2}(?:work|research|stud(?:y|ies)|trials?|investigations?|experiments?|data) (?:is|are|will|should|may|could|would|can|needs?)\b`,
  String.raw`\bimplications?\b|\b(?:is|are|were|was) (?:also |then |briefly )?discussed\b|\b(?:we|paper|article) (?:also |then |briefly |finally )?(?:discuss|outline|conclude (?:by|with))`,
  String.raw`\b(?:can|could|may|might|should|will|would) (?:thus |therefore |also )?(?:help|inform|guide|aid|pave|serve|be (?:used|useful|considered|of (?:use|interest|value)))\b`,
  String.raw`\bunder (?:study|way|construction|development)\b|\b(?:is|are) (?:planned|warranted|needed|required)\b`,
  String.raw`\b(?:pav\w+ the way|opens? (?:up )?(?:new|the|a)\b|shed\w* (?:new )?light|of (?:broad|great|general) interest)`,
);

/** Says what came out, by who found it. */
const isFound = source(
  String.raw`\b(?:we|i(?!\.\s?e\b)|our|results?|analys[ie]s|data|findings?|experiments?|evidence|simulations?|study|paper|work|authors?|measurements?|observations?|estimates?|calculations?|comparisons?|records?|tests?)\b[^.;]{0,50}\b(?:find|finds|found|show(?:s|ed|n)?|demonstrat\w+|reveal\w*|prov(?:e|es|ed)|conclude[sd]?|indicat\w+|suggest(?:s|ed)?|observed?|discover\w*|identif(?:y|ies|ied)|establish\w*|confirm\w*|estimated? that|obtain\w*|detect(?:s|ed)?|achiev\w+|refute[sd]?|rule[sd]? out)\b`,
  String.raw`\b(?:is|are|was|were) (?:\w+ly |not |also )?(?:observed|detected|found|seen|excluded|ruled out|confirmed|proved|proven|attributed|explained)\b`,
  String.raw`\b(?:is|are) (?:\w+ly |not |also |then )?(?:recovered|derived|obtained|established|identified|demonstrated|achieved)\b`,
  String.raw`\b(?:we|i(?!\.\s?e\b)|paper|authors?) (?:therefore |thus |hence |also |then )?(?:conclude|infer|prove|establish|deduce|attribute|rule out)\b`,
  String.raw`\b(?:contrary to|in contrast to|unlike) (?:this|the|that|earlier|previous|common|expectations?|what)\b|\b(?:implies|imply|requires?|rules?) (?:that|out)\b|\b(?:attributed|due|explained|accounted for|inconsistent|consistent) (?:almost entirely |largely |mostly )?(?:to|by|with)\b`,
);
/** Says what came out, by what it is like. */
const isOutcome = source(
  String.raw`\b(?:less|more|worse|[a-z]{2,14}er) (?:[\w.%-]{1,30} ){0,6}than\b`,
  String.raw`\b(?:increas|decreas|reduc|declin|improv|doubl|tripl|halv|outperform|surpass|exceed|rais|lower|inhibit|promot|suppress|induc|trigger|predict|correlat|accelerat|slow|delay|shorten|lengthen|prevent|block|restor|abolish|eliminat|enhanc|weaken|strengthen)(?:ed|es|e|s)\b`,
  String.raw`\b(?:fell|rose|dropped|grew|shrank|dropping|cuts|halves|doubles|gained|lost|died|survived|vanish(?:es|ed)?|persist(?:s|ed)?|remained|stayed)\b`,
  String.raw`\b(?:is|are|was|were) (?:\w+ ){0,2}(?:associated|linked|correlated) with\b|\bno (?:significant |clear |detectable |measurable )?(?:difference|effect|evidence|change|association|benefit)\b`,
  String.raw`\b(?:did|does|do) not\b|\bsignificantly\b|\b(?:hazard|odds|risk) ratio\b|\bconfidence interval\b|\b\d+ ?% ?CI\b|\bif and only if\b`,
  String.raw`\b(?:lower|higher|longer|shorter|larger|smaller|stronger|weaker|faster|slower|fewer|greater|worse|(?:more|less) (?:likely|often|common|frequent))\b`,
  String.raw`\b(?:compared (?:with|to)|versus|vs|against)\b[^.;]{0,40}\d`,
  String.raw`\b(?:converges?|holds?|satisf(?:y|ies)|admits?|coincides?|every|for (?:all|any|each|every)|bounded by|at (?:most|least)|uniquely)\b`,
  String.raw`\b(?:state of the art|state-of-the-art|comparable to|as well as|on par with)\b`,
);
/** A figure with what it measures. */
const isMeasured =
  /(?:^|[\s(~≈<>±×-])\d+(?:[.,]\d+)*\s?(?:%|‰|°|×|per\s?cent|percent\w*|times|fold|points?|[-–]fold|[kMGTµμnpm]?(?:eV|Hz|Pa|mol|bar|bit|bits|byte|W|V|A|K|J|N|L|l|g|m|s|h|T)\b|(?:years?|days?|hours?|minutes?|seconds?|weeks?|months?)\b)|(?<=[a-z] )(?:half|twice|two-thirds|a third|a quarter)\b/;
/** Praises what it brings, and says nothing else of what came out. */
const isPraise =
  /\b(?:outperform\w*|state[- ]of[- ]the[- ]art|superior\w*|competitive|effectiveness|efficacy of (?:our|the)|promising|favou?rabl\w+|extensive(?:ly)? (?:experiment|evaluat|simulation)\w*|(?:experiment\w*|evaluations?|simulations?) (?:results )?(?:on|with|across|show|demonstrate|in)|benchmarks?|datasets?)\b/i;
/** Says what is taken as given. */
const isSetting = /^(?:let|suppose|assume|given|denote|fix|recall|consider)\b/i;
/** Says how it was done. */
const isProcedure = source(
  String.raw`\b(?:main|key|central) (?:tool|ingredient|idea|technique|step)s?\b|\bproofs? (?:is|are|uses?|relies|rely|combines?)\b|\bis based on\b`,
  String.raw`\b(?:was|were) (?:then |also |first |successfully )*(?:prepared|synthesi[sz]ed|characteri[sz]ed|performed|carried out|placed|obtained from|fabricated|grown|deposited|calculated|determined|dated|deployed|installed|mapped|taken|fitted|imaged|scanned|counted|weighed|sequenced|cloned|infected|treated|fed|kept|reared|told|asked)\b`,
  String.raw`\b(?:was|were|we|i) (?:then |also |first |randomly |prospectively |retrospectively |individually )*(?:assign|randomi[sz]|allocat|enrol|recruit|survey|collect|follow|sampl|conduct|perform|interview|sequenc|includ|analy[sz]|compar|evaluat|test|train|record|monitor|search|review|stud|investigat|examin|appl|used?\b|using|measur|combin|exploit|leverag|link|match|simulat|model)\w*`,
);

/** What a sentence does in its abstract. */
export const cues = {
  /** Speaks of the authors' own work. */
  isOwn,
  /** Says what is new or found. */
  isClaim,
  /** Says what is new. */
  isProposal,
  /** Says what else it brings: a method, a proof, a set. */
  isGift,
  /** Says what was to be found out. */
  isAim,
  /** Speaks of the state of the field. */
  isBackdrop,
  /** Says what others hold or nobody knows. */
  isBefore,
  isQuestion,
  /** Names what only the sentences before explain. */
  isAllusion,
  /** Says where to get code or data, or who paid. */
  isNotice,
  /** Says what could follow, or what is discussed. */
  isOutlook,
  /** Says what came out, by who found it. */
  isFound,
  /** Says what came out, by a change, a comparison or a relation. */
  isOutcome,
  /** Holds a figure with its unit. */
  isMeasured,
  /** Praises what it brings. */
  isPraise,
  /** Says what is taken as given. */
  isSetting,
  /** Says how it was done. */
  isProcedure,
} as const;
