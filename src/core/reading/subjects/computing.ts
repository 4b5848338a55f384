/**
 * Artificial intelligence, robotics and computing: the other classes of arXiv cs, and the areas of AAAI and IJCAI.
 * How a line reads: `subjects.ts`.
 */
export const computingSubjects = `
= artificial intelligence | AI
planning and scheduling | +planning; +scheduling; planner; PDDL; classical planning;
  temporal planning; plan recognition; numeric planning; hierarchical task network; domain model;
  planning under uncertainty; probabilistic planning; task planning
heuristic search | search algorithm; Monte Carlo tree search; MCTS; tree search;
  bidirectional search; admissible heuristic; path finding; beam search; suboptimal
multi-agent path finding | MAPF; path finding; collision-free; multi-agent pathfinding;
  pathfinding
combinatorial optimization | traveling salesman; vehicle routing; integer programming;
  branch-and-bound; local search; MILP; knapsack; combinatorial; NP-hard; mixed integer;
  graph coloring; metaheuristic; routing problem; solver
constraint satisfaction | +constraint programming; CSP; constraint solver; global constraint;
  distributed constraint; arc consistency; constraint optimization; constraint
satisfiability | +SAT; +SAT solving; SAT solver; MaxSAT; SMT; CNF; clause learning;
  quantified Boolean; model counting; Boolean formula; CDCL; QBF; clauses; Boolean; propositional
knowledge representation and reasoning | +knowledge representation; +commonsense reasoning;
  nonmonotonic; rule-based; qualitative reasoning; knowledge base; commonsense knowledge;
  default reasoning; action theories; epistemic; logic; reasoning about
logic programming | answer set programming; ASP; Datalog; Prolog; stable model;
  inductive logic programming; answer set; existential rules
description logics and ontologies | +description logics; +ontologies; ontology; OWL;
  ontology-mediated; semantic web; conjunctive query; query answering; concept inclusion; RDF;
  linked data
belief change | +belief revision; belief merging; belief base; contraction; AGM; belief update;
  beliefs; judgment aggregation
argumentation | argumentation framework; abstract argumentation; structured argumentation;
  attack relation; acceptability
epistemic and modal logic | +epistemic logic; +temporal logic; modal logic; LTL;
  dynamic epistemic; strategic reasoning; alternating-time; strategy logic; knowledge and belief;
  common knowledge
reasoning about actions and causality | +actual causality; situation calculus; action theory;
  reasoning about action; counterfactual; blame; action language; causal reasoning;
  effects of actions
spatial and temporal reasoning | qualitative spatial; temporal reasoning; spatial reasoning;
  temporal constraint; geometric reasoning; temporal network
game theory | +games; +Nash equilibria; Nash equilibrium; equilibrium; equilibria; game-theoretic;
  zero-sum; extensive-form; Stackelberg; security game; noncooperative; congestion game; players;
  counterfactual regret; repeated game; imperfect information; poker
cooperative games | +coalition formation; coalition; Shapley value; core stability; hedonic game;
  coalition structure
auctions and mechanism design | +auctions; +mechanism design; strategyproof; bidder;
  incentive compatible; revenue; facility location; strategy-proof; advertisers; pricing;
  contract design; market
fair division | envy-free; fair allocation; indivisible goods; cake cutting; EF1; maximin share;
  proportionality; indivisible items; divisible
computational social choice | +voting; +voting rules; +elections; voters; social choice;
  participatory budgeting; committee; preference aggregation; multiwinner; tournament;
  approval voting; ballots; Condorcet
matching markets | stable matching; school choice; kidney exchange; two-sided matching;
  matching under preferences; house allocation
multi-agent systems | multiagent; multi-agent; agent-based; negotiation; cooperation; swarm;
  organisation; agents; distributed problem solving; teamwork; ad hoc teamwork;
  emergent communication; agent-based simulation
agent communication and negotiation | +negotiation; emergent communication; agent communication;
  bargaining
human-AI collaboration | human-AI; human-in-the-loop; human computation; human-machine;
  human-agent; crowdsourcing; human-robot interaction; trust in AI; decision support;
  crowd workers; human-centered; AI-assisted
cognitive modeling | cognition; human behavior; theory of mind; cognitive architecture;
  human cognition; bounded rationality; cognitive science
games and game playing | +game playing; +video games; chess; board game; general game playing;
  game AI; player modeling; procedural content generation; Hanabi; poker; Minecraft; games
security games and surveillance | security game; patrolling; defender; attacker; wildlife;
  poaching
sequential decision making | +Markov decision processes; +POMDPs; Markov decision process; MDP;
  partially observable; policy iteration; decision making under uncertainty;
  stochastic shortest path; decision-theoretic; Monte Carlo planning; decision process
= robotics | quadruped
robot learning and manipulation | +robotic manipulation; grasping; dexterous;
  vision-language-action; embodied; sim-to-real; gripper; tactile
robot navigation and motion planning | +motion planning; +navigation; SLAM; obstacle avoidance;
  collision avoidance; mobile robot; path planning; vision-and-language navigation;
  visual navigation; trajectory optimization
embodied AI | embodied agent; embodied; vision-language-action; household;
  vision-and-language navigation; simulated environment; object navigation
drones and aerial vehicles | UAV; drone; quadrotor; unmanned aerial; aerial vehicle
human-robot interaction | human-robot; social robot; collaborative robot; exoskeleton;
  teleoperation
control theory | model predictive control; optimal control; feedback control; Lyapunov;
  linear system; system identification; adaptive control; LQR; closed-loop
= computer science | software
algorithms and data structures | +approximation algorithms; data structure; streaming algorithm;
  dynamic programming; polynomial time; sublinear; online algorithm; sorting; competitive ratio;
  sketching; fixed-parameter; parameterized algorithm
computational complexity | NP-hard; NP-complete; complexity class; lower bound;
  polynomial hierarchy; circuit complexity; parameterized complexity; PSPACE; complexity results
computational geometry | Voronoi; convex hull; triangulation; planar point; polygon;
  geometric algorithm
graph algorithms | shortest path; minimum spanning; max-flow; graph matching;
  subgraph isomorphism; clique; vertex cover; graph coloring; independent set
databases and data management | +databases; query optimization; SQL; data lake; transaction;
  relational database; data integration; schema; query processing; entity resolution;
  data cleaning
data mining | frequent pattern; pattern mining; itemset; association rule; sequential pattern;
  mining
web search and information retrieval | +information retrieval; +web search; search engine;
  document ranking; dense retrieval; ranking model; passage retrieval; search queries;
  query expansion; reranking
web mining and e-commerce | +e-commerce; +online advertising; product search; click-through;
  web page; online platform; advertising; conversion rate; marketing
social network analysis | +social networks; influence maximization; information diffusion;
  community detection; opinion dynamics; cascade; polarization; echo chambers; diffusion
network science | complex network; scale-free; network topology; degree distribution;
  epidemic spreading; multilayer network; small-world
cybersecurity | malware; intrusion detection; attack; vulnerability; phishing; botnet; threat;
  ransomware; side-channel
cryptography | encryption; cryptographic; zero-knowledge; homomorphic encryption;
  secure multiparty; post-quantum; key exchange; signature scheme; lattice-based
blockchain | smart contract; cryptocurrency; Ethereum; Bitcoin; consensus protocol;
  decentralized finance
software engineering | software; bug; code review; software development; program repair;
  debugging; fuzzing; technical debt; refactoring
programming languages | compiler; type system; static analysis; type inference;
  semantics of programs; functional programming; lambda calculus; garbage collection
formal verification | model checking; theorem proving; verification; proof assistant;
  formal methods; formal proof; automated theorem; Isabelle; Coq; Lean; temporal logic;
  reactive synthesis; runtime monitoring
automata and formal languages | +automata; automaton; finite state; regular language;
  context-free; transducer; pushdown
operating systems and computer architecture | +computer architecture; operating system; processor;
  cache; memory hierarchy; FPGA; hardware accelerator; GPU; instruction set; microarchitecture;
  in-memory computing; chip design; RTL; Verilog
distributed and parallel computing | +distributed systems; parallel computing; cloud computing;
  high-performance computing; load balancing; MapReduce; consensus; fault tolerance;
  edge computing; serverless; supercomputer
computer networks | network protocol; routing; wireless network; congestion control; internet;
  TCP; software-defined; packet; network traffic; 5G; 6G
wireless communications | MIMO; channel estimation; beamforming; spectrum; 5G; 6G; OFDM; cellular;
  channel state; antenna; millimeter wave; reconfigurable intelligent surface
internet of things and sensing | IoT; internet of things; wearable; sensor network; smart home;
  WiFi sensing; radar; activity recognition
information theory and coding | channel capacity; error-correcting code; source coding; LDPC;
  rate-distortion; mutual information; polar code
signal processing | compressed sensing; signal recovery; sparse signal; spectral estimation;
  array processing; beamforming; Kalman filter; radar; graph signal
computer graphics | rendering; ray tracing; graphics; texture synthesis; character animation;
  cloth simulation; motion synthesis; human motion; motion generation; geometry processing;
  shading
data visualization | visual analytics; charts; information visualization; chart understanding;
  dashboards
human-computer interaction | HCI; usability; virtual reality; augmented reality;
  interaction design; human factors; eye tracking
virtual and augmented reality | virtual reality; augmented reality; VR; head-mounted;
  mixed reality; immersive
arts and creativity | +creativity; computational creativity; artistic; artwork; painting;
  music generation; cultural; movies; poetry; sketch; fonts
digital humanities | historical texts; cultural heritage; archives; manuscript; museum
education technology | +education; knowledge tracing; tutoring; intelligent tutoring; learners;
  classroom; course; MOOC; exam; curriculum
AI for finance | +finance; stock; financial; portfolio; fintech; market prediction; credit risk;
  fraud; bank; cryptocurrency; investment
AI for health and medicine | +electronic health records; clinical; patient; diagnosis; healthcare;
  disease; EHR; hospital; health; COVID-19; clinical notes
AI for biology and chemistry | +molecules; +drug discovery; protein; molecular; bioinformatics;
  genomics; drug-target; retrosynthesis; single-cell; molecular graph; chemistry; gene
AI for transportation | +traffic; +transportation; ride-hailing; traffic signal; ride-sharing;
  traffic flow; route; bike; travel time; delivery; fleet; logistics
AI for social good | humanitarian; developing countries; sustainability; public health;
  homelessness; poverty; disaster; crisis; conservation; wildlife; refugees; nonprofit
AI for energy and climate | +climate; power grid; weather; electricity; smart grid; carbon;
  battery; renewable; solar
AI for manufacturing and industry | +manufacturing; fault diagnosis; predictive maintenance;
  supply chain; warehouse; quality inspection; process mining; production line;
  industrial anomaly; semiconductor
weather and climate forecasting | weather forecasting; precipitation; nowcasting; climate model;
  weather; global forecast
benchmarks and datasets | corpus; new benchmark; data collection
reproducibility and research practice | reproducibility; peer review; scientific literature;
  citation; research practice; replication; meta-science; bibliometrics; scholarly
digital libraries | citation network; scholarly; bibliometric; academic papers; scientific papers;
  citation
quantum computing | quantum algorithm; quantum circuit; qubit; quantum annealing;
  quantum error correction; quantum advantage; NISQ
`;
