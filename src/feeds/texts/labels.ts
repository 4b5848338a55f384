/** Words that stand before a colon in front of what is no part of an abstract; sources of expressions. */
const split = (words: string) =>
  words
    .split(/ \| |\n/)
    .map((word) => word.trim())
    .filter(Boolean);

/** Before the names of authors. */
export const AUTHORS = split(String.raw`
  authors? | contributors? | author\(s\) | autor(?:es|en|in)? | auteurs? | autori | by | von | creators?
  作者 | 著者 | авторы? | автори | penulis | yazar(?:lar)? | autorzy | szerzők? | tác giả | 저자 | نویسندگان
`);
/** Before where and when a text appeared. */
export const CITATION = split(String.raw`
  journals? | source | publication(?: date| title| name| year)?
  published(?: online| in| on)? | date | volume | vol | issue | pages? | year | e?-?issn
  isbn | publisher | editors? | editor\(s\) | series | received | accepted
  available online | first published | posted | last updated | date added | date modified
  pub ?date | issue no | title | citation | how to cite
  cite(?: this)?(?: article)?(?: as)? | zeitschrift | revista | revue | 来源 | 刊名 | журнал
  journal name | journal title | article title | published date | date of publication | pp
  article no | status | (?:online|e?first) publication date | date published
`);
/** Before what kind of text it is, what it is about, and whose. */
export const ABOUT = split(String.raw`
  key ?words? | index terms | palabras clave | palavras-chave | mots[ -]cl[ée]s
  schlüssel(?:wörter|begriffe) | parole chiave | 关键词 | キーワード | ключевые слова
  kata[ -]kunci | anahtar (?:kelimeler|sözcükler) | ключові слова | ключови думи | кључне речи
  słowa kluczowe | klíčová slova | kľúčové slová | ključne (?:riječi|besede|reči) | kulcsszavak
  cuvinte[- ]cheie | từ khóa | λέξεις[- –]κλειδιά | avainsanat | nøkkelord | nyckelord | nøgleord
  emneord | trefwoorden | paraules clau | reikšminiai žodžiai | atslēgvārdi | võtmesõnad
  الكلمات (?:المفتاحية|الدالة|الرئيسية) | (?:واژگان|واژه[‌ ]?های|کلمات) کلیدی | کلیدواژه[‌ ]?ها
  מילות מפתח | 關鍵[詞字] | 关键字 | 主題詞 | 주제어 | 핵심어 | 키워드 | คำสำคัญ
  jel(?: classification| codes?)? | msc(?: classification| \d+)? | tags?
  categor(?:y|ies) | (?:article|item|document|content|publication) type | type | language
  section | url | link | pdf | full text | download | licen[cs]e | copyright | rights
  corresponding author | correspondence(?: to)? | affiliations? | contact | e-?mail
  why it matters | (?:relevance |ai )?score | rating | ai (?:summary|analysis) | key takeaways?
  相关度 | 评分 | 推荐(?:理由|指数) | 研究启发(?:（[^（）]{1,20}）)? | 一句话总结
  extra | library catalog | access(?:ed)?
`);
