/**
 * Economics (JEL), the social sciences and the humanities, and engineering.
 * How a line reads: `subjects.ts`.
 */
export const societySubjects = `
= economics | market; income; firms; prices
macroeconomics | inflation; monetary policy; GDP; business cycle; recession; central bank;
  fiscal policy; interest rate; unemployment; economic growth
labour economics | labor market; wage; employment; unemployment; worker; minimum wage; job;
  labour market; occupations
microeconomic theory | game-theoretic; information asymmetry; contract theory; mechanism design;
  principal-agent; consumer choice; moral hazard
industrial organization | merger; monopoly; antitrust; pricing; market power; oligopoly
international trade | tariff; export; foreign direct investment; exchange rate
development economics | developing countries; poverty; cash transfer; microfinance; village;
  low-income
public economics and taxation | tax; taxation; welfare; social insurance; government spending;
  redistribution; pension; public goods
housing and urban economics | housing; rent; urban; city; house prices; real estate; landlord;
  zoning
health economics | health insurance; healthcare costs; cost-effectiveness; health spending;
  hospital competition
environmental economics | carbon tax; emissions trading; environmental policy; climate policy;
  willingness to pay; natural resources
economics of education | school choice; returns to education; tuition; school quality;
  student achievement
behavioural and experimental economics | laboratory experiment; behavioral economics;
  loss aversion; nudge; risk preference; social preferences; time preference
econometrics | instrumental variable; difference-in-differences; panel data;
  regression discontinuity; synthetic control
financial economics | asset pricing; stock market; portfolio; bond; volatility; credit; bank;
  corporate governance; investor; hedge fund
banking and credit | bank; lending; loan; credit; deposits; mortgage; financial crisis
inequality | wealth; income distribution; social mobility; wealth tax; gap between rich
economic history | nineteenth century; industrial revolution; colonial
innovation and productivity | patent; R&D; startup; technology adoption; entrepreneurship
business and management | leadership; employee; entrepreneurs; brand; marketing; supply chain
operations research | inventory; queueing; scheduling; logistics; revenue management; supply chain
agricultural economics | farmers; food prices; agricultural policy; smallholder; land use
= social science | society; respondents; political; cultural
political science | election; voter; party; democracy; political; parliament; campaign;
  polarization; legislators; congress
international relations and conflict | war; treaty; diplomacy; sanctions; terrorism; peace;
  military
sociology | social class; gender; race; ethnicity; social capital; stratification
migration | migrant; immigration; refugee; asylum
demography | fertility; mortality; population aging; census; life expectancy; marriage
gender | women; gender gap; sexism; female; gender bias
crime and law | crime; police; prison; court; legal; criminal; justice
education | school; learning outcomes; curriculum; classroom; literacy; higher education
psychology | emotion; cognition; self-esteem
social psychology | attitude; prejudice; stereotype; social norms; trust; moral judgment
developmental psychology | child development; infants; adolescents; parenting;
  language acquisition
memory and attention | working memory; episodic memory; cognitive load; executive function
decision making and judgment | heuristics and biases; risk perception; judgment
linguistics | phonology; syntax; speech; grammar; dialect; morphology; whistled; bilingual
communication and media | journalism; television; audience; advertising; public opinion
anthropology | ritual; kinship; ethnographic; indigenous; culture; fieldwork
archaeology | excavation; Bronze Age; Neolithic; pottery; burial; ancient; settlement
history | medieval; century; archive; historian; colonial
philosophy | philosophical; epistemology; metaphysics; ethics; consciousness; moral
philosophy and history of science | philosophy of science; scientific theory; history of science;
  scientific realism
religion | religious; church; Islam; Christian; belief; faith
literature and arts | novelists; literary; theatre; poets; literary criticism
geography and cities | urban; city; neighborhood; spatial inequality; land use; urban planning
tourism and leisure | tourism; tourist; hotel; leisure
public policy and administration | public policy; government; bureaucracy; public sector
science policy and innovation | research funding; scientists; science policy; academic careers
= engineering | manufacturing
civil and structural engineering | concrete; structural health; beam; seismic design;
  steel structure; pavement; cracks
mechanical engineering | fatigue; fracture; stress; vibration; heat transfer; lubrication
heat transfer and thermodynamics | heat transfer; thermal conductivity; cooling; heat exchanger;
  boiling; thermoelectric
electrical engineering and circuits | circuit; power electronics; amplifier; voltage; motor drive;
  antenna
microfluidics and sensors | microfluidic; MEMS; sensor; lab-on-a-chip; wearable sensor
aerospace engineering | aircraft; spacecraft; satellite; aerodynamic; propulsion; orbit; airfoil;
  flight
chemical and process engineering | reactor; distillation; membrane; adsorption; process control
biomedical engineering | implant; prosthesis; medical device; wearable; pacemaker; electrode
transport and traffic | traffic; railway; public transport; road safety; electric vehicle;
  travel demand; congestion
additive manufacturing | 3D printing; laser powder bed; printed
construction and architecture | building energy; thermal comfort
nuclear engineering | reactor; nuclear fuel; neutron transport; radiation shielding
food science | food; flavor; food safety; shelf life; starch; meat; milk
`;
