/**
 * Language, speech and vision: arXiv cs.CL, cs.SD and cs.CV, and the sessions of ACL and CVPR.
 * How a line reads: `subjects.ts`.
 */
export const languageAndVisionSubjects = `
= natural language processing | NLP; natural language; language model; linguistic; word embedding;
  corpus; corpora
large language models | LLM; language model; GPT; GPT-4; LLaMA; ChatGPT; in-context learning;
  instruction tuning; prompt; pre-training
language model reasoning | +chain-of-thought reasoning; +test-time scaling; chain-of-thought; CoT;
  mathematical reasoning; reasoning model; math word problem; multi-step reasoning;
  reasoning ability; GSM8K; verifiable reward; math reasoning; test-time compute; reasoning trace
mathematical reasoning | math word problem; mathematical problem; math reasoning; GSM8K;
  math problem; theorem proving; AIME; olympiad
language agents | +web agents; +autonomous agents; LLM agent; GUI agent; agentic; tool learning;
  agent framework; web navigation; function calling; API call; multi-agent system;
  environment feedback
tool use | tool learning; function calling; API call; tool-integrated; tool call; external tool
evaluating language models | +LLM evaluation; LLM-as-a-judge; benchmark contamination;
  judge model; leaderboard; automatic evaluation; arena
instruction tuning | instruction following; instruction data; supervised fine-tuning; SFT
prompting and in-context learning | +in-context learning; +prompting; prompt; prompt tuning;
  in-context example; prompt optimization; few-shot prompting; soft prompt
hallucination and factuality | +hallucinations; +factuality; faithfulness; fact-checking;
  misinformation; knowledge editing; fact verification
language model safety | +jailbreaks; toxic; red teaming; harmful content; safety alignment;
  guardrail; prompt injection; refusal; harmlessness; sycophancy
retrieval-augmented generation | RAG; retrieval augmentation; retriever; retrieved passages;
  external knowledge; retrieved documents; dense retrieval
long-context models | long context; context length; context window; length extrapolation;
  long document; long sequence; KV cache
parameter-efficient fine-tuning | LoRA; low-rank adaptation; PEFT; prefix tuning;
  parameter-efficient; prompt tuning; model merging
multilingual language processing | multilingual; cross-lingual; low-resource language;
  code-switching; language transfer; mBERT; African languages
machine translation | neural machine translation; NMT; translation quality; BLEU; parallel corpus;
  non-autoregressive; bilingual; source sentence; translation model
text generation | natural language generation; NLG; story generation; paraphrase; data-to-text;
  controllable generation; poetry; style transfer; generated text; diverse generation
text summarization | +summarization; summary; ROUGE; extractive summarization
text classification | topic model; document classification; short text; hate speech;
  intent detection; document representation
sentiment analysis | +emotion recognition; sentiment; opinion mining; aspect-based;
  stance detection; sarcasm; emotional; polarity; text mining
argument mining | persuasive; argument quality; stance; debate; argumentative
information extraction | +named entity recognition; +relation extraction; event extraction; NER;
  entity linking; entity; coreference; distant supervision; open information extraction;
  event detection; slot filling
question answering | QA; reading comprehension; multi-hop; open-domain; machine reading; SQuAD
dialogue systems | +dialogue; +conversations; dialog; conversational; chatbot;
  task-oriented dialogue; response generation; utterance; persona; open-domain dialogue;
  emotional support
semantic parsing and text-to-SQL | +semantic parsing; +text-to-SQL; logical form; SQL;
  natural language interface; SPARQL
syntax and parsing | +parsing; +dependency parsing; syntactic; constituency; part-of-speech;
  word segmentation; grammar; treebank; morphology; parser
lexical semantics | +word embeddings; +metaphors; word sense; semantic similarity; lexical;
  synonym; word vector; natural language inference; sentence embedding; textual entailment;
  semantic representation
social media analysis | +social media; +fake news; +misinformation; +hate speech; Twitter; tweets;
  rumor; online communities; Reddit; propaganda; disinformation; social network
computational linguistics | linguistic; psycholinguistic; language acquisition; language change;
  phonology; morphology; dialect
code generation | +program synthesis; programming language; code LLM; program repair; source code;
  code completion; unit test; code model; bug
speech recognition | ASR; speech; automatic speech recognition; acoustic model; word error rate;
  spoken; speech-to-text; phoneme
speech synthesis and audio | +audio; +speech synthesis; text-to-speech; TTS; voice conversion;
  speaker; speech enhancement; vocoder; audio generation; singing voice; speech separation;
  sound event; voice
music | music generation; MIDI; melody; music information retrieval; song; symbolic music
document understanding | document image; OCR; layout; table extraction; handwriting; scene text;
  text recognition; document layout; text detection; table understanding
legal and financial text | +legal texts; legal; court; financial text; contract;
  judgment prediction; case law; legal judgment
= computer vision | ImageNet
image classification | image recognition; ImageNet; fine-grained recognition; vision transformer;
  ViT; fine-grained; CIFAR; visual recognition; image classifier
object detection | bounding box; object detector; COCO; small object; open-vocabulary detection;
  region proposal; salient object; camouflaged object; object localization
image segmentation | semantic segmentation; instance segmentation; panoptic; segment anything;
  SAM; pixel-wise; video object segmentation; referring segmentation; matting; superpixel
object tracking | multi-object tracking; visual tracking; tracker; MOT; Siamese tracker
motion and optical flow | +optical flow; +motion estimation; scene flow; visual odometry;
  motion prediction; event camera; point tracking; motion segmentation; SLAM
video understanding | +action recognition; temporal action; video classification;
  action detection; video retrieval; video language; action localization; activity recognition;
  moment retrieval; egocentric; video captioning
action recognition | skeleton-based; human action; activity recognition; action localization;
  temporal action; gesture; skeleton; sign language
video generation | text-to-video; video synthesis; video diffusion; video prediction;
  talking head; video editing; frame interpolation; talking face
image generation | +image synthesis; +text-to-image generation; text-to-image; image editing;
  style transfer; image-to-image translation; StyleGAN; inpainting; virtual try-on;
  layout-to-image; photorealistic
image editing | style transfer; image manipulation; image-to-image; editing; text-guided;
  stylization
low-level vision | +super-resolution; +image restoration; +denoising; deblurring; dehazing;
  low-light; image enhancement; deraining; image quality; inpainting; demosaicing;
  compression artifacts; HDR; blur; rain
image restoration | +super-resolution; denoising; deblurring; restoration; dehazing; low-light;
  deraining; inpainting
image and video compression | +image compression; +video compression; learned compression;
  rate-distortion; codec; bitrate; entropy model
computational photography | computational imaging; HDR; exposure; hyperspectral; light field;
  raw image; photography; burst; depth of field; event camera; flash; relighting;
  reflection removal; shadow removal; lens; photometric stereo; polarization
3D vision | +3D reconstruction; +point clouds; 3D; depth estimation; multi-view; stereo matching;
  monocular depth; mesh; camera pose; surface reconstruction; RGB-D; single-view;
  novel view synthesis; NeRF; structure from motion
depth estimation | monocular depth; stereo matching; depth completion; disparity; depth map;
  single image depth; depth prediction
novel view synthesis | +neural radiance fields; +Gaussian splatting; NeRF; view synthesis;
  radiance field; neural rendering; novel view; rendering; implicit representation
point clouds | LiDAR; point set; 3D point; registration; point-based; 3D object detection
multi-view geometry | +structure from motion; camera pose; bundle adjustment; homography;
  epipolar; relative pose; feature matching; SLAM; calibration; visual localization; RANSAC;
  multi-view stereo
3D generation and shape | +3D shapes; +shape generation; text-to-3D; mesh; implicit function; CAD;
  signed distance; 3D generation; texture; 3D asset; shape completion
scene understanding | scene; scene graph; indoor; layout estimation; panoptic; 3D scene;
  scene parsing; room layout; scene completion; occupancy; visual relationship
pose estimation | +human pose estimation; human pose; 6D pose; keypoint; hand pose; human mesh;
  body pose; 3D human pose; object pose; SMPL; body model
faces and bodies | +facial analysis; +face recognition; +facial expressions; facial; human body;
  gesture; person re-identification; face anti-spoofing; avatar; portrait; talking head; gaze;
  head pose; clothed
biometrics and person re-identification | +face recognition; +person re-identification;
  +biometrics; re-ID; gait; fingerprint; face verification; iris; face anti-spoofing; pedestrian
deepfakes and forensics | +deepfakes; forgery; face swap; generated image detection;
  image forensics; AI-generated; forged
vision-language models | +visual question answering; +image captioning; vision-language; CLIP;
  multimodal large language model; MLLM; VLM; LVLM; visual grounding; multimodal LLM; VQA;
  referring expression; image-text; captions; visual instruction
visual question answering | VQA; visual question; image question; visual reasoning; visual dialog
image captioning | captions; dense caption; video captioning
visual grounding | referring expression; phrase grounding
multimodal learning | multimodal; multi-modal; cross-modal; audio-visual; missing modality;
  multimodal fusion
multimodal reasoning | visual reasoning; multimodal chain-of-thought; multimodal benchmark;
  visual chain-of-thought
image retrieval | cross-modal retrieval; video retrieval; hashing; composed retrieval;
  content-based; sketch-based; text-to-image retrieval; place recognition; retrieval
remote sensing | satellite; aerial; remote sensing image; hyperspectral; SAR; land cover;
  earth observation; geospatial; change detection
autonomous driving | self-driving; autonomous vehicle; lane detection; motion forecasting;
  trajectory prediction; bird's-eye view; BEV; LiDAR; pedestrian; traffic scene
medical imaging | CT; MRI; radiology; X-ray; pathology; histopathology; lesion;
  medical image segmentation; ultrasound; tumor segmentation; chest X-ray; whole slide;
  radiologist; radiology report
visual attention and saliency | +saliency; eye tracking; gaze; fixation; visual attention;
  salient object; human attention
`;
