/**
 * Mathematics (MSC 2020), physics and astronomy (PACS, arXiv), chemistry, and the earth.
 * How a line reads: `subjects.ts`.
 */
export const natureSubjects = `
= mathematics | theorem; proof; conjecture; manifold
algebraic geometry | moduli space; sheaf; cohomology; birational; Hodge; toric; algebraic curve
algebraic topology | homotopy; homology; cohomology; spectral sequence; operad; K-theory;
  persistent homology; simplicial
combinatorics | graph theory; chromatic; extremal graph; permutation; poset; hypergraph; Ramsey;
  matroid; enumeration; generating function
number theory | prime; modular form; L-function; zeta function; Diophantine; elliptic curve;
  Galois representation; class number; arithmetic
group theory | finite group; simple group; Lie group; subgroup; group action; nilpotent;
  solvable group; hyperbolic group
rings and algebras | commutative algebra; ring; noncommutative; associative algebra; Lie algebra;
  Hopf algebra; local ring; Cohen-Macaulay
representation theory | quantum group; category O; highest weight; Hecke algebra; quiver;
  irreducible representation
category theory | functor; topos; adjunction; monoidal category; infinity-category
mathematical logic | set theory; model theory; proof theory; large cardinal; ultrafilter;
  first-order theory; recursion theory; type theory
differential geometry | Riemannian; curvature; Ricci flow; geodesic; Kähler; minimal surface;
  Einstein metric; manifold
symplectic geometry | symplectic; Floer; contact structure; Lagrangian; Poisson manifold
geometric topology | knot; 3-manifold; 4-manifold; mapping class group; hyperbolic manifold;
  link invariant; braid
general topology | topological space; metrizable; continuum; Hausdorff
functional analysis | Banach space; Hilbert space; operator theory; bounded operator;
  Sobolev space; spectrum of operator
operator algebras | C*-algebra; von Neumann algebra; K-theory; amenable; crossed product;
  subfactor
complex analysis | holomorphic; several complex variables; Riemann surface; plurisubharmonic;
  univalent; meromorphic
classical analysis | special function; orthogonal polynomial; inequality; Fourier series;
  asymptotic expansion; harmonic analysis; singular integral
partial differential equations | PDE; Navier-Stokes; well-posedness; elliptic equation; parabolic;
  hyperbolic equation; blow-up; Schrödinger equation; weak solution; wave equation
dynamical systems | ergodic; bifurcation; chaos; attractor; hyperbolic dynamics;
  symbolic dynamics; ordinary differential equation; limit cycle
numerical analysis | finite element; numerical scheme; error estimate; iterative solver;
  preconditioner; multigrid; numerical method; finite volume; quadrature; Krylov
mathematical optimization | convex optimization; linear programming; duality; semidefinite;
  nonconvex; stochastic programming; variational inequality; optimality condition; interior point;
  robust optimization
probability theory | random walk; Markov chain; Brownian motion; martingale; large deviation;
  stochastic process; stochastic differential equation; percolation; random matrix; limit theorem
statistical inference | hypothesis testing; confidence interval; nonparametric; high-dimensional;
  survival analysis; Bayesian estimation; likelihood; asymptotic normality; covariate;
  causal inference
mathematical physics | integrable system; spectral theory; quantization; gauge theory;
  conformal field theory; statistical mechanics; Schrödinger operator
mathematical finance | option pricing; risk measure; stochastic volatility; hedging;
  portfolio optimization; derivatives pricing
history of mathematics | mathematics education
= physics | particle; quantum; theory predicts
astrophysics of galaxies | galaxy; star formation; Milky Way; quasar; active galactic nuclei; AGN;
  interstellar medium; stellar mass; dwarf galaxy; halo
cosmology | dark matter; dark energy; cosmic microwave background; CMB; inflation; redshift;
  Hubble; large-scale structure; primordial
stars and stellar evolution | star; stellar; white dwarf; binary star; asteroseismology;
  stellar evolution; supernova; massive star; variable star
exoplanets and planetary science | exoplanet; planet; protoplanetary disk; asteroid; comet; Mars;
  moon; planetary; icy; Jupiter; Venus; planetesimal
solar and space physics | solar wind; solar flare; corona; magnetosphere; coronal mass ejection;
  sunspot; space weather; ionosphere; Sun
compact objects and high-energy astrophysics | black hole; neutron star; gamma-ray burst; pulsar;
  X-ray binary; accretion; cosmic ray; blazar; fast radio burst; magnetar
gravitational waves | LIGO; binary merger; black hole merger; ringdown
general relativity and gravitation | general relativity; black hole; spacetime; modified gravity;
  wormhole; Einstein equation; quantum gravity; gravity
telescopes and astronomical instruments | telescope; spectrograph; adaptive optics;
  interferometer; radio telescope; photometry; James Webb; JWST; exposure time
particle physics | LHC; collider; Higgs; quark; neutrino; Standard Model; boson; lepton;
  supersymmetry; axion; dark photon; CP violation; top quark
neutrino physics | neutrino; neutrino oscillation; neutrinoless; sterile neutrino;
  reactor neutrino
nuclear physics | nuclear; nuclei; nucleon; heavy-ion; nuclear structure; quark-gluon plasma;
  hadron; isotopes; fission
quantum field theory and strings | string theory; holography; AdS/CFT; conformal field theory;
  scattering amplitude; supergravity; gauge theory; renormalization; supersymmetric; duality
lattice field theory | lattice QCD; lattice gauge; lattice calculation
quantum physics | entanglement; quantum information; quantum state; decoherence;
  quantum measurement; Bell; quantum channel; open quantum system; quantum thermodynamics
quantum information and communication | quantum key distribution; entanglement; quantum network;
  quantum cryptography; teleportation; quantum memory; quantum channel
atomic and molecular physics | atom; cold atoms; Bose-Einstein condensate; laser cooling; Rydberg;
  ultracold; optical lattice; ionization; photoionization; atomic clock
optics and photonics | laser; photonic; optical fiber; metasurface; nonlinear optics; waveguide;
  frequency comb; optical; ultrafast; resonator; plasmonic; holographic
superconductivity | superconductor; Cooper pair; Josephson; cuprate; critical temperature;
  nickelate
strongly correlated electrons | Hubbard model; Mott; Kondo; correlated electrons; heavy fermion;
  spin liquid; quantum critical; charge density wave
topological matter | topological insulator; Weyl semimetal; Majorana; topological phase; Chern;
  edge state; quantum Hall; anyons; Berry
magnetism and spintronics | magnetic; spin; ferromagnet; antiferromagnet; skyrmion;
  spin-orbit torque; magnon; spintronics; altermagnet
two-dimensional materials | graphene; van der Waals; moiré; twisted bilayer; MoS2;
  transition metal dichalcogenide; monolayer; 2D material; heterostructure
mesoscopic and nanoscale physics | quantum dot; nanowire; tunneling; mesoscopic;
  quantum transport; nanostructure
materials science | alloy; crystal structure; thin film; density functional theory; DFT;
  material properties; phase transition; ceramics; defects; microstructure; perovskite; steel
semiconductors and electronic devices | semiconductor; transistor; memristor; photodetector;
  diode; ferroelectric; gallium nitride; silicon; doping; bandgap
soft matter | polymer; colloid; gel; liquid crystal; active matter; glass; viscoelastic;
  self-assembly; foam; emulsion
statistical physics | phase transition; Ising; critical phenomena; nonequilibrium;
  Monte Carlo simulation; entropy production; spin glass; thermodynamic limit; fluctuation theorem
complex systems and nonlinear dynamics | synchronization; oscillators; complex system;
  nonlinear dynamics; chaos; soliton; pattern formation; turbulence
fluid dynamics | turbulence; Reynolds number; vortex; boundary layer; drag; convection;
  multiphase; droplet; jet; incompressible; wake; bubble
plasma physics | plasma; tokamak; magnetohydrodynamic; MHD; laser-plasma; stellarator;
  confinement; electron beam
accelerators and detectors | beam; calorimeter; synchrotron; scintillator; free-electron laser;
  beamline
acoustics | ultrasound; sound wave; vibration; noise control; metamaterial; phononic
biophysics | molecular dynamics; membrane; single molecule; motor protein; cell mechanics;
  force spectroscopy; cytoskeleton
medical physics | radiotherapy; dosimetry; proton therapy; PET; radiation dose; tomography
physics education and history | physics education; history of physics; students physics
= chemistry | chemical; reaction; molecule; compound; solvent
organic chemistry | organic synthesis; enantioselective; total synthesis; asymmetric catalysis;
  ligand; cross-coupling; natural product; stereoselective; C-H activation
catalysis | catalyst; catalytic; electrocatalysis; photocatalysis; hydrogen evolution;
  CO2 reduction; zeolite; oxygen evolution; enzyme catalysis
electrochemistry and batteries | battery; lithium; electrolyte; electrode; anode; cathode;
  sodium-ion; solid-state battery; electrochemical; fuel cell; supercapacitor
computational chemistry | density functional theory; molecular dynamics; quantum chemistry;
  force field; potential energy surface; ab initio; coupled cluster; interatomic potential
molecules and materials by machine learning | molecular generation; molecular property prediction;
  molecule; materials discovery; crystal generation; interatomic potential; force field;
  molecular graph; conformer
analytical chemistry | mass spectrometry; chromatography; spectroscopy; biosensor; NMR; Raman;
  spectrometry
polymers | polymerization; copolymer; hydrogel; monomer; elastomer
inorganic and coordination chemistry | metal-organic framework; coordination complex;
  metal complex; MOF; cluster compound; lanthanide
nanomaterials | nanoparticle; nanocrystal; carbon nanotube; nanocomposite; quantum dots;
  nanosheets
= earth and environment | climate; soil; ocean; ecosystem
climate change | global warming; greenhouse gas; emissions; carbon dioxide; temperature rise;
  climate model; drought; heatwave; warming
atmospheric science | atmosphere; aerosol; precipitation; convection; monsoon; cyclone; weather;
  air pollution; ozone; stratosphere
air pollution | air quality; particulate matter; PM2.5; nitrogen dioxide; pollutants
oceanography | ocean; sea level; marine; circulation; El Niño; sea ice; coastal; upwelling;
  sea surface temperature
water and hydrology | river; groundwater; flood; hydrological; water quality; catchment; runoff;
  rainfall; drinking water; streamflow
glaciers and polar regions | glacier; ice sheet; Antarctica; Arctic; permafrost; snow; Greenland
earthquakes and seismology | earthquake; seismic; fault; tectonic; mantle; subduction; tsunami;
  rupture
geology and volcanoes | volcano; magma; rock; sediment; mineral; geochemistry; paleoclimate;
  stratigraphy; geological; eruption
ecology | species; biodiversity; ecosystem; habitat; community ecology; food web; predator;
  invasive species; population dynamics; forest; pollinator
conservation | endangered; protected area; extinction; deforestation; wildlife; biodiversity loss
soil and agriculture | crop; soil; agricultural; fertilizer; irrigation; livestock; farming;
  wheat; maize; rice
forests and vegetation | forest; vegetation; deforestation; biomass; canopy; wildfire
pollution and waste | microplastics; heavy metals; wastewater; contamination; pollutant;
  recycling; waste; PFAS
energy and power systems | power grid; renewable energy; solar cell; wind power; electricity;
  photovoltaic; energy storage; smart grid; microgrid; hydrogen; wind turbine
`;
