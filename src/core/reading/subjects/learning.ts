/**
 * Machine learning: the areas of its conferences (AAAI, IJCAI, ICML, NeurIPS) and of arXiv cs.LG and stat.ML.
 * How a line reads: `subjects.ts`.
 */
export const learningSubjects = `
= machine learning | learning algorithms; neural networks; deep learning; trained models
reinforcement learning | RL; policy gradient; Q-learning; actor-critic; Markov decision process;
  MDP; reward function; policy optimization; deep RL; bandits; value function; offline RL;
  replay buffer; Atari; MuJoCo
offline reinforcement learning | offline RL; batch reinforcement learning; offline policy;
  off-policy evaluation; conservative Q-learning; D4RL
multi-agent reinforcement learning | MARL; multi-agent RL; cooperative MARL; centralized training;
  decentralized execution; StarCraft; SMAC; value decomposition
imitation learning | behavior cloning; learning from demonstration; expert demonstration;
  inverse reinforcement learning; inverse RL; imitation
bandits and online learning | +bandits; +online learning; multi-armed bandit; contextual bandit;
  regret bound; Thompson sampling; UCB; online convex optimization; sublinear regret
learning theory | +generalization bounds; sample complexity; PAC learning; VC dimension;
  Rademacher complexity; statistical learning theory; PAC-Bayes; learnability; minimax;
  generalization error
optimization for machine learning | +stochastic gradient descent; +convex optimization; SGD; Adam;
  convergence rate; gradient descent; nonconvex optimization; variance reduction;
  first-order method; adaptive learning rate
Bayesian methods | Bayesian inference; variational inference; posterior; Bayesian neural network;
  Gaussian process; MCMC; prior distribution; Bayesian; probabilistic model
Bayesian optimization | acquisition function; black-box optimization; Gaussian process surrogate
Gaussian processes | GP regression; kernel function; inducing points
Bayesian networks and graphical models | +Bayesian networks; +graphical models;
  Markov random field; belief propagation; probabilistic graphical model; structure learning;
  probabilistic circuits; sum-product network; junction tree
probabilistic inference | weighted model counting; knowledge compilation; marginal inference;
  MAP inference; variational inference
uncertainty estimation | uncertainty quantification; conformal prediction; calibration;
  epistemic uncertainty; predictive uncertainty; confidence calibration
causal inference | +causality; +causal discovery; causal effect; treatment effect; counterfactual;
  structural causal model; causal graph; confounding; causal model; interventional; do-calculus
kernel methods | kernel; reproducing kernel Hilbert space; RKHS; support vector machine; SVM;
  kernel learning; neural tangent kernel
clustering | k-means; spectral clustering; cluster assignment; subspace clustering;
  multi-view clustering; deep clustering; community detection
dimensionality reduction | +feature selection; PCA; principal component; manifold learning;
  embedding dimension; feature extraction; matrix factorization; nonnegative matrix
matrix and tensor methods | +matrix completion; +matrix factorization; +tensor decomposition;
  low-rank; tensor completion; singular value; robust PCA
representation learning | +contrastive learning; +metric learning; self-supervised;
  disentangled representation; learned representation; disentanglement; embedding space; hashing
self-supervised learning | contrastive learning; self-supervision; pretext task;
  masked autoencoder; masked image modeling; self-supervised representation
unsupervised learning | unsupervised; unlabeled data; autoencoder
semi-supervised learning | semi-supervised; pseudo-label; unlabeled data;
  consistency regularization; partially labeled
weakly supervised and noisy labels | +noisy labels; +weak supervision; label noise; partial label;
  positive-unlabeled; weakly supervised; crowdsourcing; mislabeled; complementary label
active learning | label budget; query strategy; annotation budget; active query;
  acquisition strategy
multi-label classification | +multi-label learning; multi-label; multilabel; label correlation;
  extreme classification; label ranking; multi-instance learning
imbalanced and long-tailed data | +class imbalance; long-tailed; imbalanced; tail class;
  minority class
classification | decision boundary; classification accuracy; support vector machine; ensemble;
  decision tree; random forest; nearest neighbor
decision trees and ensembles | +decision trees; +ensemble learning; random forest;
  gradient boosting; bagging; XGBoost
tabular data | tabular; tabular learning; gradient boosted tree; missing values; imputation;
  feature engineering; relational table
transfer learning | +knowledge transfer; domain adaptation; multi-task learning; fine-tuning;
  negative transfer; pre-trained model; parameter-efficient
domain adaptation | domain shift; unsupervised domain adaptation; source domain; target domain;
  source-free; test-time adaptation; UDA
domain generalization | out-of-distribution generalization; unseen domain; distribution shift;
  OOD generalization; invariant risk; spurious correlation
multi-task learning | multi-task; auxiliary task; task weighting; multiobjective;
  gradient conflict; Pareto
continual learning | catastrophic forgetting; lifelong learning; class-incremental;
  incremental learning; rehearsal; old tasks
few-shot learning | meta-learning; few-shot classification; novel class; MAML; base class;
  support set
zero-shot learning | zero-shot; unseen class; generalized zero-shot; class attributes
meta-learning | MAML; meta-learner; learning to learn; meta-training; hypernetwork
federated learning | federated; clients; FedAvg; non-IID; communication round;
  decentralized training; local update; heterogeneous client
privacy in machine learning | +differential privacy; +machine unlearning; differentially private;
  membership inference; privacy budget; private learning; privacy-preserving; unlearning;
  gradient inversion
adversarial robustness | +adversarial attacks; +adversarial training; adversarial example;
  robust accuracy; adversarial perturbation; certified robustness; randomized smoothing;
  black-box attack; PGD
backdoors and data poisoning | +backdoor attacks; backdoor; poisoning attack; trojan;
  data poisoning; trigger; watermark
anomaly detection | outlier detection; out-of-distribution detection; novelty detection; anomaly;
  OOD detection; anomalous; outlier; fraud detection
explainable AI | +explanations; +interpretability; feature attribution; saliency; SHAP;
  counterfactual explanation; post-hoc explanation; XAI; concept-based
mechanistic interpretability | +sparse autoencoders; circuits; activation patching; neurons;
  superposition; internal representation; steering vector
fairness | algorithmic fairness; group fairness; demographic parity; fair classification; unfair;
  bias mitigation; protected attribute; sensitive attribute; equalized odds
AI ethics and society | +AI ethics; +ethics; trustworthy AI; transparency; responsible AI;
  societal; AI governance; AI policy; moral; stakeholders
AI safety and alignment | +AI safety; +language model alignment; misalignment; deception;
  red teaming; jailbreak; harmful; safety alignment; safe reinforcement learning; value alignment;
  existential risk
generative models | +normalizing flows; GAN; generative adversarial network;
  variational autoencoder; VAE; diffusion model; score-based; energy-based model; mode collapse
diffusion models | denoising diffusion; score-based; flow matching; rectified flow;
  sampling steps; classifier-free guidance; diffusion sampling; diffusion probabilistic
generative adversarial networks | +GANs; mode collapse; adversarial network; Wasserstein;
  StyleGAN; latent code
normalizing flows and optimal transport | +normalizing flows; +optimal transport;
  Wasserstein distance; Sinkhorn; invertible; Schrödinger bridge
graph neural networks | +graph representation learning; +graph learning; GNN; graph convolution;
  node classification; graph representation; message passing; oversmoothing; heterophily;
  graph transformer; graph classification; node embedding; network embedding
knowledge graphs | +link prediction; +entity alignment; knowledge base completion;
  knowledge graph embedding; triples; relation prediction; temporal knowledge graph; KGs;
  relational learning; statistical relational
temporal and dynamic graphs | dynamic graph; temporal network; evolving graph; temporal link
graph mining | community detection; network embedding; subgraph; graph data;
  heterogeneous network; random walk; PageRank; graph clustering; large graph
spatio-temporal data | +trajectories; spatio-temporal; spatiotemporal; traffic forecasting; urban;
  POI; geospatial; location data
time series | +time series forecasting; +forecasting; multivariate time series;
  time series classification; temporal point process; long-term forecasting; autoregressive
recommender systems | +recommendation; +sequential recommendation; +collaborative filtering;
  click-through rate; CTR prediction; user preference; session-based; cold-start
neural architecture search | +hyperparameter optimization; +AutoML; NAS; architecture search;
  search space; supernet; hyperparameter tuning; algorithm selection; algorithm configuration
deep learning architectures | +convolutional neural networks; +attention mechanisms;
  recurrent neural network; activation function; residual network; LSTM; state space model;
  capsule network; network architecture; Mamba; mixture of experts; positional encoding
deep learning theory | overparameterized; implicit bias; loss landscape; neural tangent kernel;
  infinite width; expressive power; double descent; grokking; scaling law; mean field;
  generalization of neural networks
model compression | +knowledge distillation; +pruning; +quantization; lottery ticket; low-bit;
  compact model; student network; teacher network; distillation; binarized
efficient training and inference | inference acceleration; memory footprint; GPU memory; KV cache;
  speculative decoding; distributed training; training efficiency; latency; throughput;
  kernel fusion; FLOPs
spiking neural networks | spiking; neuromorphic; SNN; spiking neuron; event-driven
evolutionary computation | +evolutionary algorithms; +genetic algorithms; genetic programming;
  multi-objective evolutionary; swarm; differential evolution; evolution strategies;
  runtime analysis; crossover
neuro-symbolic AI | neuro-symbolic; neurosymbolic; symbolic reasoning; logical constraints;
  differentiable logic; inductive logic programming; concept learning; symbolic knowledge;
  program synthesis
scientific machine learning | +neural operators; +physics-informed neural networks;
  physics-informed; PDE; PINN; surrogate model; dynamical systems; neural ODE;
  symbolic regression; partial differential equation; scientific discovery; equivariant
symmetry and equivariance | equivariant; symmetry; group convolution; geometric deep learning;
  SE(3); manifold
data valuation and curation | data valuation; data selection; dataset distillation; coreset;
  data quality; data pruning; dataset condensation; data curation; Shapley value;
  data augmentation
learning to rank | ranking; rank aggregation; pairwise comparison; unbiased learning to rank;
  preference learning; top-k
learning with preferences | preference learning; preference elicitation; preference data;
  pairwise preferences; human preference; preference-based
human feedback and reward models | +reward models; +human feedback; +preference optimization;
  +RLHF; DPO; direct preference optimization; reward hacking; preference data; human preference;
  PPO; process reward; reward
world models | model-based reinforcement learning; latent dynamics; dreamer; model-based RL;
  planning in latent space
quantum machine learning | variational quantum; quantum neural network; quantum kernel;
  quantum classifier; parameterized quantum circuit
hashing and nearest-neighbour search | +hashing; +vector search; nearest neighbor search;
  approximate nearest neighbor; hash code; vector database; similarity search
`;
