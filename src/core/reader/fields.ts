import { english, type WordKey } from '../words/words.ts';

/** A ready-made field of science with a plain name, as readers choose it. */
export interface Field {
  readonly id: FieldId;
  /** What it stands under in lists of fields. */
  readonly area: Area;
  /** Categories as feeds write them; one that ends in `.` stands for all that begin so. */
  readonly categories: readonly string[];
  /** Tell-tale phrases, for papers whose feed names no category that a field has. */
  readonly words: readonly string[];
}

/** Fields and areas have their names in the catalogues of words. */
type Named<Kind extends string> = WordKey extends infer Key
  ? Key extends `${Kind}.${infer Id}`
    ? Id
    : never
  : never;
export type FieldId = Named<'field'>;
export type Area = Named<'area'>;

const field = (area: Area, id: FieldId, categories: string, words: string): Field => ({
  id,
  area,
  categories: categories.split(', '),
  words: words.split(', '),
});

const COMPUTING = 'computing';
const MATHEMATICS = 'mathematics';
const PHYSICS = 'physics';
const LIFE = 'life';
const SOCIETY = 'society';

/**
 * The catalogue of fields. Categories are those of arXiv's taxonomy (arxiv.org/category_taxonomy)
 * and the subjects of bioRxiv and medRxiv, in the spelling of their feeds.
 */
export const fields: readonly Field[] = [
  field(
    COMPUTING,
    'language',
    'cs.CL',
    'language model, language models, LLM, LLMs, machine translation, natural language processing, dialogue, tokenization, question answering',
  ),
  field(
    COMPUTING,
    'machine-learning',
    'cs.LG, stat.ML, cs.NE',
    'machine learning, neural network, neural networks, deep learning, reinforcement learning, fine-tuning, representation learning, diffusion model, diffusion models',
  ),
  field(
    COMPUTING,
    'artificial-intelligence',
    'cs.AI, cs.MA',
    'artificial intelligence, autonomous agents, multi-agent, LLM agents, planning, knowledge graph, tool use, reasoning model, reasoning models',
  ),
  field(
    COMPUTING,
    'vision',
    'cs.CV, eess.IV, cs.GR',
    'computer vision, image generation, video generation, object detection, segmentation, visual, multimodal, vision-language',
  ),
  field(
    COMPUTING,
    'speech',
    'cs.SD, eess.AS',
    'speech, speech recognition, audio, music, text-to-speech, speaker',
  ),
  field(
    COMPUTING,
    'robotics',
    'cs.RO',
    'robot, robots, robotic, manipulation, locomotion, autonomous driving, embodied',
  ),
  field(
    COMPUTING,
    'search',
    'cs.IR, cs.DL',
    'information retrieval, recommender, recommendation, search engine, retrieval-augmented, ranking',
  ),
  field(
    COMPUTING,
    'people',
    'cs.HC, cs.CY, cs.SI',
    'human-computer interaction, user study, social media, accessibility, participants, crowdsourcing',
  ),
  field(
    COMPUTING,
    'software',
    'cs.SE, cs.PL, cs.LO',
    'software engineering, code generation, program synthesis, compiler, type system, formal verification, bug',
  ),
  field(
    COMPUTING,
    'security',
    'cs.CR',
    'security, privacy, cryptography, malware, jailbreak, backdoor, adversarial attack, differential privacy',
  ),
  field(
    COMPUTING,
    'systems',
    'cs.DC, cs.DB, cs.NI, cs.OS, cs.AR, cs.PF, cs.ET',
    'database, distributed system, distributed systems, hardware accelerator, GPU, inference serving, wireless, operating system, query',
  ),
  field(
    COMPUTING,
    'theory',
    'cs.DS, cs.CC, cs.GT, cs.DM, cs.CG, cs.FL, cs.IT, math.IT',
    'approximation algorithm, computational complexity, lower bound, NP-hard, game theory, coding theory, graph algorithm',
  ),
  field(
    MATHEMATICS,
    'statistics',
    'stat., math.ST',
    'statistical, Bayesian, estimator, hypothesis test, causal inference, regression',
  ),
  field(
    MATHEMATICS,
    'pure-mathematics',
    'math.AC, math.AG, math.AT, math.CT, math.CV, math.DG, math.FA, math.GN, math.GR, math.GT, math.HO, math.KT, math.LO, math.MG, math.NT, math.OA, math.QA, math.RA, math.RT, math.SG, math.SP',
    'conjecture, algebraic, manifold, cohomology, prime numbers, topology, Galois',
  ),
  field(
    MATHEMATICS,
    'applied-mathematics',
    'math.AP, math.NA, math.OC, math.DS, math.CA, math.MP, math-ph, cs.NA, nlin.',
    'partial differential equation, partial differential equations, numerical scheme, optimization, dynamical systems, finite element',
  ),
  field(
    MATHEMATICS,
    'probability',
    'math.PR, math.CO',
    'random walk, stochastic process, Markov chain, random graph, combinatorial, martingale',
  ),
  field(
    PHYSICS,
    'astronomy',
    'astro-ph, astro-ph., physics.space-ph',
    'galaxy, galaxies, exoplanet, stars, telescope, cosmology, supernova, black hole',
  ),
  field(
    PHYSICS,
    'particles',
    'hep-ex, hep-lat, hep-ph, hep-th, nucl-ex, nucl-th, gr-qc',
    'Standard Model, quark, neutrino, collider, dark matter, gravitational waves, string theory',
  ),
  field(PHYSICS, 'quantum', 'quant-ph', 'quantum, qubit, qubits, entanglement, quantum computing'),
  field(
    PHYSICS,
    'matter',
    'cond-mat., cond-mat, physics.chem-ph, physics.app-ph, physics.atom-ph, physics.optics',
    'superconductor, semiconductor, graphene, crystal, polymer, materials, catalyst, photonic',
  ),
  field(
    PHYSICS,
    'earth',
    'physics.ao-ph, physics.geo-ph, physics.flu-dyn, physics.plasm-ph',
    'climate, weather, ocean, atmosphere, earthquake, turbulence, plasma',
  ),
  field(
    LIFE,
    'molecules',
    'q-bio.BM, q-bio.CB, q-bio.MN, q-bio.SC, biochemistry, biophysics, cell biology, molecular biology, developmental biology, pharmacology and toxicology, synthetic biology',
    'protein, proteins, cells, enzyme, receptor, molecular dynamics, stem cell',
  ),
  field(
    LIFE,
    'genes',
    'q-bio.GN, q-bio.QM, bioinformatics, genetics, genomics, genetic and genomic medicine, systems biology, cancer biology',
    'genome, genomic, gene expression, single-cell, mutation, sequencing, CRISPR',
  ),
  field(
    LIFE,
    'brain',
    'q-bio.NC, neuroscience, animal behavior and cognition, neurology, psychiatry and clinical psychology',
    'brain, neurons, cortex, neural activity, fMRI, EEG, cognition',
  ),
  field(
    LIFE,
    'ecology',
    'q-bio.PE, q-bio.TO, ecology, evolutionary biology, plant biology, zoology, paleontology, physiology',
    'species, ecosystem, evolution, biodiversity, plant, soil, phylogenetic',
  ),
  field(
    LIFE,
    'microbes',
    'microbiology, immunology, pathology, infectious diseases, allergy and immunology',
    'bacteria, virus, antibiotic, immune, antibody, microbiome, vaccine',
  ),
  field(
    LIFE,
    'medicine',
    'physics.med-ph, epidemiology, public and global health, oncology, cardiovascular medicine, health informatics, radiology and imaging, clinical trials',
    'patients, clinical, disease, cancer, public health, epidemiology, diagnosis, treatment',
  ),
  field(
    SOCIETY,
    'engineering',
    'eess.SP, eess.SY, cs.SY',
    'control system, signal processing, sensor, power grid, radar, channel estimation',
  ),
  field(
    SOCIETY,
    'economics',
    'econ., q-fin.',
    'market, economic, economics, finance, portfolio, price, monetary',
  ),
  field(
    SOCIETY,
    'physics-society',
    'physics.soc-ph, physics.hist-ph, physics.ed-ph, physics.data-an',
    'social network, opinion dynamics, mobility, physics education',
  ),
];

const byId = new Map<string, Field>(fields.map((each) => [each.id, each]));

/** A field of the catalogue, or undefined. */
export function findField(id: string): Field | undefined {
  return byId.get(id);
}

/** What each is called in English, as feeds may write it. */
const nameOf = new Map(fields.map(({ id }) => [id, english.say(`field.${id}`).toLowerCase()]));

/** Whether a category, as a feed writes it, belongs to a field, or is its name. */
export function isOfField(field: Field, category: string): boolean {
  const name = category.toLowerCase().replaceAll('_', ' ');
  if (name === nameOf.get(field.id)) return true;
  return field.categories.some((each) => {
    const wanted = each.toLowerCase();
    return wanted.endsWith('.') ? name.startsWith(wanted) : name === wanted;
  });
}

/** Whether a category belongs to any field: those of most journals' feeds do not. */
export const isOfAnyField = (category: string): boolean =>
  fields.some((each) => isOfField(each, category));
