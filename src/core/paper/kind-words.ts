import type { PaperKind } from './kinds.ts';

const split = (words: string) =>
  words
    .split(/ \| |\n/)
    .map((word) => word.trim())
    .filter(Boolean);

/**
 * What a title says alone, in the languages met, or before a colon or a dash, which matter never is:
 * sources of regular expressions, in any case. Seen in feeds of OJS, SciELO, Dialnet, CNKI, J-STAGE, CyberLeninka and
 * DergiPark, and of Wiley's and Thieme's German journals.
 */
export const KIND_WORDS: readonly (readonly [kind: PaperKind, words: readonly string[]])[] = [
  [
    'retraction',
    split(`
      (?:temporary )?(?:withdrawal|removal)(?: of)? | retracción | retraccion | rétraction
      отзыв статьи | ретракция | ретрагирование | отозвана | 撤稿声明 | 論文撤回 | 掲載論文の取り下げ | 철회
      geri çekme | tilbaketrekking | tillbakadragande | wycofanie
    `),
  ],
  [
    'correction',
    split(`
      publisher['’]?s? erratum | publisher['’]s note | correction notice | correctif | korrektur(?:en)?
      fe de erratas? | corrección de errores | errata corrigé | rettifica | rettelse | rättelser
      düzeltme | düzeltme yazısı | 正誤表? | 誤記訂正 | 勘误表 | 更正声明 | 정오표 | 정정 | поправка | исправления
      sprostowanie | erratum ad | oprava | ispravak | ispravka | popravak | helyesbítés | erată | đính chính
      ralat | oikaisu | korrigering | rectificatie | виправлення | корекція | parandus | pataisymas | διόρθωση
      اصلاحیه | تصحيح | תיקון טעות | 更正啟事 | 勘誤
    `),
  ],
  [
    'editorial',
    split(`
      editorial (?:comments?|commentary|introduction|note|perspective) | (?:guest|invited) editorial
      (?:invited |expert |guest )?commentary(?: on)?
      geleitwort | zum geleit | editorische notiz | leserbriefe?(?: zu)? | zu diesem heft
      présentation | liminaire | presentación | introducción | palabras preliminares | carta al editor
      cartas al editor | apresentação | carta ao editor | nota editorial | presentazione | premessa
      introduzione | 巻頭言 | 編集後記 | はじめに | 卷首语 | 编者按 | 编者的话 | 主编寄语 | 刊首语 | 卷头语 | 发刊词 | 권두언
      머리말 | от редакци(?:и|онной коллегии) | от (?:главного )?редактора | слово (?:главного )?редактора
      колонка (?:главного )?редактора | предисловие | вступительное слово | письмо в редакцию
      önsöz | editörden | editöre mektup | sunuş | başyazı | ledare | leder | od redakcji | wstęp
      (?:uvodna|uredniška) (?:riječ|beseda) | uvodnik | riječ uredni(?:ka|štva) | úvodn(?:í slovo|ík) | slovo úvodem | editoriál
      szerkesztői (?:előszó|jegyzet) | előszó | cuvânt înainte | lời (?:nói đầu|giới thiệu) | pääkirjoitus
      redaktørens .{2,20} | redaktionelt | från redaktionen | voorwoord | redactioneel | ten geleide
      (?:kata )?pengantar(?: redaksi| editor)? | dari redaksi | від (?:редакції|редактора|редколегії) | передмова
      سخن (?:سردبیر|نخست) | سرمقاله | (?:كلمة|افتتاحية) (?:العدد|التحرير) | افتتاحية | דבר העורכ(?:ת|ים)? | פתח דבר
      σημείωμα (?:του εκδότη|της σύνταξης) | προλογικό σημείωμα | 編輯室報告 | 編者的話 | 主編的話 | 편집자의 글 | 발간사
      editorial statements? | (?:statement|report) (?:of|from) the editors?(?:-in-chief)? | editor['’]s (?:statement|report)
    `),
  ],
  [
    'news',
    split(`
      interviews? | obituaries | in memory of .{2,60} | news and events | conference reports?
      nachrichten | mitteilungen | aktuelles | buchrezension(?:en)? | buchbesprechung(?:en)? | rezensionen | nachrufe? | tagungsbericht | personalia
      notes de lecture | recensions? | hommage(?: à .{2,60})? | reseñas? bibliográficas?
      necrológica | obituario | noticias | entrevista | resenha de livro | notícias | recensioni | necrologio
      书评 | 書評 | 新刊紹介 | 追悼(?:文)? | 訃報 | 讣告 | 会议报道 | 新书介绍 | 简讯 | 서평 | 추모사
      рецензи[яи](?: на .{2,200})? | некролог | персоналии | юбиле[йи] | хроника | памяти .{2,60} | интервью
      kitap (?:incelemesi|tanıtımı|eleştirisi) | bokanmeldelser? | bokrecensioner | recenzj[ae]
      recenz(?:e|ie|ija|ije|ia) | prikaz(?:i)?(?: knjig[ea])? | könyvismertetés(?:ek)? | recenzió | recenzi[ei] de carte
      kirja-?arvio(?:t|ita)? | kirja-arvostelu(?:t)? | arvostelut | boganmeldelser? | bokomtaler? | boekbespreking(?:en)?
      boekrecensies? | recensies? | raamatuarvustus(?:ed)? | ressen(?:ya|yes) | (?:ulasan|resensi|tinjauan) buku
      điểm sách | giới thiệu sách | βιβλιοκρισί(?:α|ες) | (?:عرض|مراجعة|قراءة في) كتاب | (?:معرفی|نقد) کتاب
      ביקורת ספרים | סקירת ספר | рецензія | рецензии | 書介 | 도서 ?(?:리뷰|평) | nekrolog | nekrologi | halálhír
    `),
  ],
  [
    'matter',
    split(`
      titelseite | inhalt(?:sverzeichnis)? | autorenverzeichnis
      page de titre | table des matières | sumario | portada | créditos | expediente
      normas para (?:los )?autores | instrucciones (?:a|para) (?:los )?autores | capa | folha de rosto
      ficha técnica | normas de publicação | copertina | indice | norme redazionali
      封底 | 扉页 | 版权页 | 目录 | 目次 | 总目[次录] | 投稿(?:须知|指南|規定|規程) | 征稿(?:启事|简则) | 编委会 | 表紙 | 奥付
      목차 | 표지 | 투고규정 | 편집위원회 | оглавление | содержание | выходные данные
      правила для авторов | редакционная коллегия | (?:к )?сведени[яю] (?:об авторах|авторов)
      [iİ]çindekiler | künye | jenerik | kapak | yazım kuralları | omslag | innehåll | kolofon | kolophon | spis treści
      ifc | ofc | ibc | obc | advisory board | (?:journal|publication) information
      editorial office | volume contents | subscription form | aims (?:and|&) scope | prelims | cover caption
      daftar isi | kazalo | sadržaj | obsah | tartalom(?:jegyzék)? | cuprins | mục lục | περιεχόμενα | sisällys(?:luettelo)?
      indhold(?:sfortegnelse)? | innhold | inhoud(?:sopgave)? | зміст | садржај | sisukord | saturs | turinys | taula de continguts
      المحتويات | فهرس(?:ت)?(?: (?:مطالب|المحتويات|العدد))? | תוכן (?:ה)?עניינים | 目錄 | 封面 | 編輯委員會 | 徵稿(?:啟事|辦法|簡則)
    `),
  ],
];
