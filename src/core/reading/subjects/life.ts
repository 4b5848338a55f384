/**
 * Life and medicine: the top levels of MeSH, bioRxiv and medRxiv.
 * How a line reads: `subjects.ts`.
 */
export const lifeSubjects = `
= biology | protein; gene; species; in vivo
molecular biology | transcription; DNA; RNA; replication; chromatin; gene expression; ribosome;
  translation initiation
genetics | allele; mutation; inheritance; locus; heritability; genetic variant; polymorphism;
  linkage
genomics | genome-wide association; GWAS; variant calling; genome assembly; pangenome;
  metagenomics
epigenetics and gene regulation | epigenetic; DNA methylation; histone; chromatin;
  transcription factor; gene regulation; regulatory element
single-cell biology | single-cell; scRNA-seq; spatial transcriptomics; cell type; cell atlas;
  single-nucleus
RNA biology | RNA; microRNA; splicing; noncoding RNA; mRNA; RNA-binding; lncRNA; tRNA
gene editing | CRISPR; Cas9; base editing; genome engineering; gene therapy
structural biology | cryo-EM; crystal structure; protein structure; X-ray crystallography;
  conformational; AlphaFold; NMR structure
proteins and protein design | protein; protein folding; protein language model; protein design;
  protein structure prediction; antibody design; amino acid; binding site;
  protein-protein interaction
biochemistry and enzymes | enzyme; kinase; substrate; catalytic activity; phosphorylation;
  ligand binding; metabolite; ubiquitin
cell biology | mitochondria; cytoskeleton; autophagy; cell division; organelle;
  endoplasmic reticulum; cell migration; mitosis; membrane trafficking; apoptosis
signal transduction | signaling pathway; receptor; G protein; calcium signaling; Wnt; mTOR; Notch
developmental biology and regeneration | embryo; embryonic; morphogenesis; regeneration; organoid;
  axolotl; zebrafish; germ layer
stem cells | pluripotent; iPSC; reprogramming; progenitor; hematopoietic
systems biology | gene regulatory network; metabolic network; signaling network;
  stochastic gene expression; synthetic circuit
synthetic biology | genetic circuit; metabolic engineering; cell-free; biosynthesis;
  directed evolution
bioinformatics | sequence alignment; phylogenetic; sequence analysis; omics; biological data;
  DNA sequence; genomic
evolution | evolutionary; phylogeny; natural selection; speciation; fossil; ancestral;
  phylogenetic; selection pressure
population genetics and ancient DNA | ancient DNA; population structure; admixture; gene flow;
  demographic history; genetic diversity
palaeontology | fossil; dinosaur; Cretaceous; hominin; extinct; Cambrian; Jurassic
microbiology | bacteria; bacterial; microbe; biofilm; Escherichia coli; microbial; pathogen;
  bacteriophage; archaea
microbiome | microbiota; gut bacteria; metagenomic; probiotic; gut microbiota
antimicrobial resistance | antibiotic resistance; antimicrobial; resistant bacteria; MRSA;
  antibiotic; multidrug-resistant
virology | virus; viral; SARS-CoV-2; HIV; influenza; capsid; coronavirus; viral replication;
  herpesvirus
immunology | immune; T cell; B cell; antibody; cytokine; inflammation; macrophage;
  innate immunity; antigen; autoimmune; lymphocyte
vaccines | immunization; immunogenicity; booster; neutralizing antibody
plant science | plant; Arabidopsis; photosynthesis; leaf; crop; seed; chloroplast; flowering;
  auxin
animal behaviour and zoology | animal behavior; bird; insect; foraging; mating; bees; ants;
  primates; song; migration; fish; mammal; hive
entomology | insect; honey bee; bees; mosquito; beetle; butterfly; ant; larvae; pest
neuroscience | neuron; brain; cortex; synapse; hippocampus; neural circuit; synaptic; cortical;
  dopamine; axon; glia; interneuron; neural activity; spinal cord
cognitive neuroscience and brain imaging | fMRI; EEG; MEG; brain imaging; functional connectivity;
  working memory; brain activity; neuroimaging; electroencephalography; brain decoding
computational neuroscience | neural coding; spiking network; neural dynamics; population code;
  brain model; recurrent network model
brain-computer interfaces | BCI; EEG decoding; neural decoding; motor imagery; neural recording
vision science and perception | visual cortex; retina; psychophysics; photoreceptor;
  visual perception
sleep and circadian rhythms | sleep; circadian; insomnia; melatonin; clock gene
physiology | metabolism; exercise; muscle; hormone; thermoregulation; blood flow
toxicology | toxicity; exposure; endocrine disruptor; carcinogen
pharmacology and drug discovery | drug; pharmacokinetic; inhibitor; drug discovery; dose;
  compound screening; drug target; agonist; small molecule; drug design; docking
biomaterials and tissue engineering | scaffold; tissue engineering; biomaterial; implant;
  hydrogel; bioprinting; drug delivery
biotechnology | fermentation; bioreactor; bioprocess; biofuel; CHO cells
= medicine | patients; clinical; hospital; disease; mortality; therapy
cancer | tumor; tumour; oncology; chemotherapy; metastasis; carcinoma; leukemia; melanoma;
  lymphoma; glioma; breast cancer
cancer immunotherapy | immunotherapy; checkpoint inhibitor; CAR T; PD-1; tumor microenvironment;
  PD-L1
cardiovascular disease | heart; cardiac; stroke; hypertension; myocardial; blood pressure;
  cardiovascular; atrial fibrillation; coronary; anticoagulant; ECG; heart failure
stroke | thrombectomy; ischemic; thrombolysis; intracerebral
diabetes and obesity | diabetes; insulin; obesity; glucose; glycemic; body mass; GLP-1;
  weight loss
kidney disease | kidney; renal; dialysis; nephropathy
liver and digestive diseases | liver; hepatic; inflammatory bowel; colorectal; cirrhosis; Crohn;
  endoscopy; colonoscopy
respiratory disease | lung; asthma; COPD; pulmonary; respiratory; pneumonia; ventilation
infectious diseases | infection; malaria; tuberculosis; HIV; pathogen; outbreak; sepsis; dengue;
  transmission; parasite
COVID-19 | SARS-CoV-2; pandemic; coronavirus; lockdown; long COVID
epidemiology and public health | cohort; incidence; prevalence; risk factor; epidemic model;
  epidemiological; public health; mortality; population-based; surveillance
clinical trials | placebo; double-blind; primary endpoint; randomised; open-label
mental health and psychiatry | depression; anxiety; schizophrenia; mental health; psychiatric;
  suicide; bipolar; psychotherapy; autism; counseling
dementia and neurodegeneration | Alzheimer; Parkinson; dementia; amyloid; neurodegeneration;
  cognitive decline; multiple sclerosis; ALS; tau
neurology and epilepsy | epilepsy; seizure; migraine; neurological; traumatic brain injury;
  neuropathy
surgery and anaesthesia | surgery; surgical; postoperative; anesthesia; perioperative;
  laparoscopic; transplantation
orthopaedics and rheumatology | bone; fracture; osteoarthritis; rheumatoid arthritis;
  osteoporosis; cartilage; knee; spine
pregnancy and women's health | pregnancy; maternal; preterm; preeclampsia; fertility; birth;
  endometriosis; IVF; menopause
children's health | pediatric; child; infant; neonatal; adolescent; newborn; childhood
ageing | older adults; longevity; frailty; lifespan; senescence
nutrition and diet | diet; dietary; nutrition; vitamin; food intake; malnutrition; eating
dermatology | skin; psoriasis; dermatitis; melanoma
ophthalmology | retinal; glaucoma; cataract; macular; cornea; fundus; diabetic retinopathy
dentistry | dental; teeth; periodontal; oral health; tooth
haematology | blood; anemia; sickle cell; hemophilia; platelet; transfusion
emergency and intensive care | intensive care; emergency department; critical illness; sepsis;
  ICU; shock; cardiac arrest
radiology | CT scan; MRI; X-ray; mammography; ultrasound; radiologist
pain and palliative care | pain; opioid; palliative; analgesic; end of life
substance use | alcohol; smoking; tobacco; opioid; addiction; cannabis; drug use
health services and policy | health care; primary care; nursing; insurance; health policy;
  hospital; health system; costs of care; physicians
global health | low-income countries; sub-Saharan; maternal mortality
rehabilitation and sport | rehabilitation; physical activity; athletes; exercise; sport;
  physiotherapy; gait
genetic and rare diseases | rare disease; hereditary; congenital; muscular dystrophy;
  cystic fibrosis; inherited
medical education | medical students; residency; curriculum
veterinary medicine | veterinary; cattle; dog; cat; pig; poultry; livestock disease
`;
