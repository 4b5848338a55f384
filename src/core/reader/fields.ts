/** A ready-made field of science with a plain name, as readers choose it. */
export interface Field {
  readonly id: string;
  readonly name: string;
  /** What it stands under in lists of fields. */
  readonly area: string;
  /** Categories as feeds write them; one that ends in `.` stands for all that begin so. */
  readonly categories: readonly string[];
  /** Tell-tale phrases, for papers whose feed names no category that a field has. */
  readonly words: readonly string[];
}

const field = (
  area: string,
  [id, name]: readonly [string, string],
  categories: string,
  words: string,
): Field => ({
  id,
  name,
  area,
  categories: categories.split(', '),
  words: words.split(', '),
});

const COMPUTING = 'Computing';
const MATHEMATICS = 'Mathematics and statistics';
const PHYSICS = 'Physics and astronomy';
const LIFE = 'Life and health';
const SOCIETY = 'Engineering, economics and society';

/**
 * The catalogue of fields. Categories are those of arXiv's taxonomy (arxiv.org/category_taxonomy)
 * and the subjects of bioRxiv and medRxiv, in the spelling of their feeds.
 */
export const fields: readonly Field[] = [
  field(
    COMPUTING,
    ['language', 'Language and text'],
    'cs.CL',
    'language model, language models, LLM, LLMs, machine translation, natural language processing, dialogue, tokenization, question answering',
  ),
  field(
    COMPUTING,
    ['machine-learning', 'Machine learning'],
    'cs.LG, stat.ML, cs.NE',
    'machine learning, neural network, neural networks, deep learning, reinforcement learning, fine-tuning, representation learning, diffusion model, diffusion models',
  ),
  field(
    COMPUTING,
    ['artificial-intelligence', 'Artificial intelligence and agents'],
    'cs.AI, cs.MA',
    'artificial intelligence, autonomous agents, multi-agent, LLM agents, planning, knowledge graph, tool use, reasoning model, reasoning models',
  ),
  field(
    COMPUTING,
    ['vision', 'Images and video'],
    'cs.CV, eess.IV, cs.GR',
    'computer vision, image generation, video generation, object detection, segmentation, visual, multimodal, vision-language',
  ),
  field(
    COMPUTING,
    ['speech', 'Speech, sound and music'],
    'cs.SD, eess.AS',
    'speech, speech recognition, audio, music, text-to-speech, speaker',
  ),
  field(
    COMPUTING,
    ['robotics', 'Robotics'],
    'cs.RO',
    'robot, robots, robotic, manipulation, locomotion, autonomous driving, embodied',
  ),
  field(
    COMPUTING,
    ['search', 'Search and recommendation'],
    'cs.IR, cs.DL',
    'information retrieval, recommender, recommendation, search engine, retrieval-augmented, ranking',
  ),
  field(
    COMPUTING,
    ['people', 'People and computers'],
    'cs.HC, cs.CY, cs.SI',
    'human-computer interaction, user study, social media, accessibility, participants, crowdsourcing',
  ),
  field(
    COMPUTING,
    ['software', 'Software and programming'],
    'cs.SE, cs.PL, cs.LO',
    'software engineering, code generation, program synthesis, compiler, type system, formal verification, bug',
  ),
  field(
    COMPUTING,
    ['security', 'Security and privacy'],
    'cs.CR',
    'security, privacy, cryptography, malware, jailbreak, backdoor, adversarial attack, differential privacy',
  ),
  field(
    COMPUTING,
    ['systems', 'Systems, data and networks'],
    'cs.DC, cs.DB, cs.NI, cs.OS, cs.AR, cs.PF, cs.ET',
    'database, distributed system, distributed systems, hardware accelerator, GPU, inference serving, wireless, operating system, query',
  ),
  field(
    COMPUTING,
    ['theory', 'Theory and algorithms'],
    'cs.DS, cs.CC, cs.GT, cs.DM, cs.CG, cs.FL, cs.IT, math.IT',
    'approximation algorithm, computational complexity, lower bound, NP-hard, game theory, coding theory, graph algorithm',
  ),
  field(
    MATHEMATICS,
    ['statistics', 'Statistics'],
    'stat., math.ST',
    'statistical, Bayesian, estimator, hypothesis test, causal inference, regression',
  ),
  field(
    MATHEMATICS,
    ['pure-mathematics', 'Pure mathematics'],
    'math.AC, math.AG, math.AT, math.CT, math.CV, math.DG, math.FA, math.GN, math.GR, math.GT, math.HO, math.KT, math.LO, math.MG, math.NT, math.OA, math.QA, math.RA, math.RT, math.SG, math.SP',
    'conjecture, algebraic, manifold, cohomology, prime numbers, topology, Galois',
  ),
  field(
    MATHEMATICS,
    ['applied-mathematics', 'Applied mathematics'],
    'math.AP, math.NA, math.OC, math.DS, math.CA, math.MP, math-ph, cs.NA, nlin.',
    'partial differential equation, partial differential equations, numerical scheme, optimization, dynamical systems, finite element',
  ),
  field(
    MATHEMATICS,
    ['probability', 'Probability and combinatorics'],
    'math.PR, math.CO',
    'random walk, stochastic process, Markov chain, random graph, combinatorial, martingale',
  ),
  field(
    PHYSICS,
    ['astronomy', 'Astronomy and space'],
    'astro-ph, astro-ph., physics.space-ph',
    'galaxy, galaxies, exoplanet, stars, telescope, cosmology, supernova, black hole',
  ),
  field(
    PHYSICS,
    ['particles', 'Particles and gravity'],
    'hep-ex, hep-lat, hep-ph, hep-th, nucl-ex, nucl-th, gr-qc',
    'Standard Model, quark, neutrino, collider, dark matter, gravitational waves, string theory',
  ),
  field(
    PHYSICS,
    ['quantum', 'Quantum physics'],
    'quant-ph',
    'quantum, qubit, qubits, entanglement, quantum computing',
  ),
  field(
    PHYSICS,
    ['matter', 'Matter and materials'],
    'cond-mat., cond-mat, physics.chem-ph, physics.app-ph, physics.atom-ph, physics.optics',
    'superconductor, semiconductor, graphene, crystal, polymer, materials, catalyst, photonic',
  ),
  field(
    PHYSICS,
    ['earth', 'Earth, climate and fluids'],
    'physics.ao-ph, physics.geo-ph, physics.flu-dyn, physics.plasm-ph',
    'climate, weather, ocean, atmosphere, earthquake, turbulence, plasma',
  ),
  field(
    LIFE,
    ['molecules', 'Molecules and cells'],
    'q-bio.BM, q-bio.CB, q-bio.MN, q-bio.SC, biochemistry, biophysics, cell biology, molecular biology, developmental biology, pharmacology and toxicology, synthetic biology',
    'protein, proteins, cells, enzyme, receptor, molecular dynamics, stem cell',
  ),
  field(
    LIFE,
    ['genes', 'Genes and bioinformatics'],
    'q-bio.GN, q-bio.QM, bioinformatics, genetics, genomics, genetic and genomic medicine, systems biology, cancer biology',
    'genome, genomic, gene expression, single-cell, mutation, sequencing, CRISPR',
  ),
  field(
    LIFE,
    ['brain', 'Brain and mind'],
    'q-bio.NC, neuroscience, animal behavior and cognition, neurology, psychiatry and clinical psychology',
    'brain, neurons, cortex, neural activity, fMRI, EEG, cognition',
  ),
  field(
    LIFE,
    ['ecology', 'Ecology, evolution and plants'],
    'q-bio.PE, q-bio.TO, ecology, evolutionary biology, plant biology, zoology, paleontology, physiology',
    'species, ecosystem, evolution, biodiversity, plant, soil, phylogenetic',
  ),
  field(
    LIFE,
    ['microbes', 'Microbes and immunity'],
    'microbiology, immunology, pathology, infectious diseases, allergy and immunology',
    'bacteria, virus, antibiotic, immune, antibody, microbiome, vaccine',
  ),
  field(
    LIFE,
    ['medicine', 'Medicine and public health'],
    'physics.med-ph, epidemiology, public and global health, oncology, cardiovascular medicine, health informatics, radiology and imaging, clinical trials',
    'patients, clinical, disease, cancer, public health, epidemiology, diagnosis, treatment',
  ),
  field(
    SOCIETY,
    ['engineering', 'Signals and control'],
    'eess.SP, eess.SY, cs.SY',
    'control system, signal processing, sensor, power grid, radar, channel estimation',
  ),
  field(
    SOCIETY,
    ['economics', 'Economics and finance'],
    'econ., q-fin.',
    'market, economic, economics, finance, portfolio, price, monetary',
  ),
  field(
    SOCIETY,
    ['physics-society', 'Physics of society and history'],
    'physics.soc-ph, physics.hist-ph, physics.ed-ph, physics.data-an',
    'social network, opinion dynamics, mobility, physics education',
  ),
];

const byId = new Map(fields.map((each) => [each.id, each]));

/** A field of the catalogue, or undefined. */
export function findField(id: string): Field | undefined {
  return byId.get(id);
}

/** Whether a category, as a feed writes it, belongs to a field, or is its name. */
export function isOfField(field: Field, category: string): boolean {
  const name = category.toLowerCase().replaceAll('_', ' ');
  if (name === field.name.toLowerCase()) return true;
  return field.categories.some((each) => {
    const wanted = each.toLowerCase();
    return wanted.endsWith('.') ? name.startsWith(wanted) : name === wanted;
  });
}

/** Whether a category belongs to any field: those of most journals' feeds do not. */
export const isOfAnyField = (category: string): boolean =>
  fields.some((each) => isOfField(each, category));
