// The page of findings. Text from files reaches the page as text nodes only.
"use strict";

const STEP = 200; // words that are added to the list at a time
const BARS = matchMedia("(max-width: 40rem)").matches ? 5 : 10; // bars that are shown first
const MORE_BARS = 50; // bars that a press adds
const CHIPS = 8; // rules that are shown first

const find = (id) => document.getElementById(id);
const report = JSON.parse(find("data").textContent);
const strings = JSON.parse(find("strings").textContent);

// ---------------------------------------------------------------- what was found

const pairNumbers = new Map(report.letters.map(([from, to], number) => [pairKey(from, to), number]));
const words = [];
const places = report.places.map(readPlace);

function pairKey(from, to) {
  return `${from}\n${to}`;
}

function readPlace([file, line, column, cutBefore, cutBehind, pieces]) {
  const place = { file, line, column, cutBefore, cutBehind, words: [] };
  place.pieces = pieces.map((piece) => (typeof piece === "string" ? piece : readWord(place, piece)));
  return place;
}

function readWord(place, [rule, isDoubt, parts, isCut]) {
  const side = (number) => parts.map((part) => (typeof part === "string" ? part : part[number])).join("");
  const pairs = parts.filter((part) => typeof part !== "string");
  const numbers = new Set(pairs.map(([from, to]) => pairNumbers.get(pairKey(from, to))));
  const word = { number: words.length, place, rule, isDoubt: Boolean(isDoubt), parts, pairs, numbers, isCut, old: side(0), new: side(1) };
  word.haystack = `${word.old}\n${word.new}\n${report.files[place.file][0]}`.toLowerCase();
  words.push(word);
  place.words.push(word);
  return word;
}

// ---------------------------------------------------------------- language

let language = (navigator.languages || []).map((tag) => tag.slice(0, 2)).find((tag) => tag === "uk" || tag === "en") || "en";

// Making these takes longer than using them a hundred times.
const plurals = { en: new Intl.PluralRules("en"), uk: new Intl.PluralRules("uk") };
const numbers = { en: new Intl.NumberFormat("en"), uk: new Intl.NumberFormat("uk") };

function text(key, values = {}) {
  const entry = strings[key][language];
  const form = typeof entry === "string" ? entry : entry[plurals[language].select(values.count)];
  return form.replace(/\{(\w+)\}/g, (whole, name) => (name === "n" ? number(values.count) : values[name]));
}

function textOr(key, otherwise) {
  return key in strings ? text(key) : otherwise;
}

function number(value) {
  return numbers[language].format(value);
}

function ruleName(rule) {
  const name = report.rules[rule][0];
  return textOr(`rule:${name}`, name);
}

// ---------------------------------------------------------------- characters and their names

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u;
const MARKS = /^\p{M}+/u;

function codePoint(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

function isHidden(character) {
  return character !== "\t" && HIDDEN.test(character);
}

function label(character) {
  const known = report.characters[character];
  return (known && known[2]) || codePoint(character);
}

// "Latin r U+0072", "zero width space U+200B"; a script that was just named need not be named again.
function nameOf(character, scriptBefore) {
  const [script, name] = report.characters[character] || ["", text("nameless")];
  if (/^[0-9]$/.test(character)) return `${text("digit", { digit: character })} ${codePoint(character)}`;
  if (!script) return `${textOr(`name:${name}`, name.toLowerCase())} ${codePoint(character)}`;
  const named = script === scriptBefore ? "" : `${textOr(`script:${script}`, script)} `;
  return `${named}${character} ${codePoint(character)}`;
}

function namesOf(characters) {
  return Array.from(characters, (character) => nameOf(character)).join(" + ");
}

function pairNames([from, to]) {
  if (!from) return namesOf(to);
  return `${namesOf(from)} → ${to ? namesOf(to) : text("removed")}`;
}

function kindOf(characters) {
  if (Array.from(characters).some(isHidden) || /\p{M}/u.test(characters)) return "invisible";
  return /^[0-9]+$/.test(characters) ? "digit" : "foreign";
}

// ---------------------------------------------------------------- elements

function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("aria-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children);
  return element;
}

// A text of which nothing acts and nothing is hidden.
function plain(content) {
  if (!HIDDEN.test(content)) return [content];
  const nodes = [];
  let run = "";
  for (const character of content) {
    if (!isHidden(character)) {
      run += character === "\t" ? " " : character;
      continue;
    }
    nodes.push(run, make("span", { className: "code", textContent: label(character), title: nameOf(character) }));
    run = "";
  }
  return [...nodes, run];
}

function shown(characters) {
  if (MARKS.test(characters)) return Array.from(characters, (character) => codePoint(character)).join(" ");
  return Array.from(characters, (character) => (isHidden(character) ? label(character) : character)).join("");
}

const boxed = new WeakMap(); // what goes and what comes, by the element of the box

function box(from, to, marks = "") {
  const element = make("span", { className: `box ${kindOf(from)}`, textContent: shown(from) + marks });
  boxed.set(element, [from, to]);
  return element;
}

// The word as it stands. A combining mark behind a box belongs to the letter in the box.
function before(word) {
  return word.parts.flatMap((part, place) => {
    if (typeof part !== "string") return part[0] ? [box(part[0], part[1], marksOf(word.parts[place + 1]))] : [];
    const last = word.parts[place - 1];
    const isBehindBox = Array.isArray(last) && last[0] !== "";
    return plain(isBehindBox ? part.slice(marksOf(part).length) : part);
  });
}

function marksOf(part) {
  return typeof part === "string" ? (MARKS.exec(part) || [""])[0] : "";
}

// The word as it is meant.
function behind(word) {
  return word.parts.flatMap((part) => {
    if (typeof part === "string") return plain(part);
    return part[1] ? [right(part[1])] : [];
  });
}

function right(characters) {
  return make("span", { className: "right", textContent: shown(characters) });
}

function badge(count) {
  return make("span", { className: "badge", textContent: number(count) });
}

function quoted(className, ...children) {
  return make("bdi", { className, lang: "uk" }, ...children);
}

function fileName(content) {
  return make("bdi", {}, ...plain(content));
}

// ---------------------------------------------------------------- what is chosen

const chosen = { isDoubt: !report.numbers.repairs && report.numbers.doubts > 0, letter: null, file: null, rule: null, query: "" };
let selected = []; // places with those of their words that are chosen
let added = 0; // how many of the places are in the list
let lastFile = null; // the file to which the end of the list belongs

function isChosen(word) {
  return (
    word.isDoubt === chosen.isDoubt &&
    (chosen.file === null || word.place.file === chosen.file) &&
    (chosen.rule === null || word.rule === chosen.rule) &&
    (chosen.letter === null || word.numbers.has(chosen.letter)) &&
    (!chosen.query || word.haystack.includes(chosen.query))
  );
}

function isFiltered() {
  return chosen.letter !== null || chosen.file !== null || chosen.rule !== null || chosen.query !== "";
}

function choose(change) {
  Object.assign(chosen, change);
  showChoice();
}

function toggle(name, value) {
  choose({ [name]: chosen[name] === value ? null : value });
}

function showChoice() {
  selected = places.map((place) => [place, place.words.filter(isChosen)]).filter(([, some]) => some.length);
  added = 0;
  lastFile = null;
  find("list").replaceChildren();
  addPlaces();
  showTabs();
  showBars();
  showRules();
  showCount();
  hideTip();
}

// ---------------------------------------------------------------- head

function showHead() {
  const { repairs, doubts, letters, damaged, files, words: read } = report.numbers;
  find("headline").textContent = headline();
  document.title = text("title", { headline: headline() });
  find("about").replaceChildren(...about());
  const isDone = report.mode !== "check";
  const rows = [
    [repairs, text(isDone ? "wordsRepaired" : "wordsToRepair", { count: repairs })],
    [doubts, text("wordsToDecide")],
    [letters, text("foreignLetters", { count: letters })],
    [damaged, text("ofFiles", { count: files })],
    [read, text("wordsRead", { count: read })],
  ];
  find("numbers").replaceChildren(
    ...rows.map(([value, name]) => make("div", {}, make("dt", { textContent: name }), make("dd", { textContent: number(value) }))),
  );
}

function headline() {
  const { repairs, doubts, files } = report.numbers;
  if (repairs) return text(report.mode === "check" ? "headlineCheck" : "headlineWrite", { count: repairs });
  if (doubts) return text("headlineDoubts", { count: doubts });
  return text(files ? "headlineClean" : "headlineNothing");
}

// The sentence below the headline; names of paths in it are quoted, so the sentence is cut where they stand.
function about() {
  const key = { check: "aboutCheck", write: "aboutWrite", copy: "aboutCopy" }[report.mode];
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(report.date));
  const [start, end] = text(key, { version: report.version, date, paths: "\n" }).split("\n");
  const names = report.paths.flatMap((path, place) => [place ? ", " : "", path === "-" ? text("standardInput") : fileName(path)]);
  const more = report.morePaths ? ` ${text("morePaths", { count: report.morePaths })}` : "";
  return [start, ...names, more, end];
}

function showUnread() {
  const rows = report.errors.map(([path, problem]) => make("li", {}, fileName(path), ": ", make("bdi", { lang: "en" }, ...plain(problem))));
  const unnamed = report.failed - report.errors.length;
  if (unnamed) rows.push(make("li", { textContent: text("moreErrors", { count: unnamed }) }));
  for (const path of report.empty) rows.push(make("li", {}, fileName(path), `: ${text("emptyFolder")}`));
  for (const [kind, count, way] of report.unread) {
    const named = textOr(`kind:${kind}`, kind) + (way ? ` (${textOr(`way:${way}`, way)})` : "");
    rows.push(make("li", { textContent: text("unreadKind", { count, kind: named }) }));
  }
  find("unread").hidden = !rows.length;
  find("unread").querySelector("ul").replaceChildren(...rows);
}

// ---------------------------------------------------------------- bars

const bars = { letters: BARS, where: BARS };
const folder = commonFolder(report.files.map(([name]) => name));

function commonFolder(names) {
  let shared = names.length > 1 ? names[0].slice(0, names[0].lastIndexOf("/") + 1) : "";
  for (const name of names) {
    while (!name.startsWith(shared)) shared = shared.slice(0, shared.slice(0, -1).lastIndexOf("/") + 1);
  }
  return shared;
}

function showBars() {
  const side = chosen.isDoubt ? 1 : 0;
  const letters = report.letters.map((row, pair) => [pair, row[2 + side]]);
  const files = report.files.map((row, file) => [file, row[1 + side]]);
  drawBars("letters", letters, letterBar, "showMoreLetters", "letter");
  drawBars("where", files, fileBar, "showMoreFiles", "file");
  if (report.files.length < 2) find("where").hidden = true; // one bar tells nothing
}

function drawBars(id, rows, draw, moreKey, filter) {
  const counted = rows.filter(([, count]) => count).sort((one, other) => other[1] - one[1]);
  const most = counted.length ? counted[0][1] : 1;
  const list = find(id).querySelector("ul");
  list.replaceChildren(...counted.slice(0, bars[id]).map(([value, count]) => bar(draw(value), count / most, count, value, filter)));
  const more = find(id).querySelector("button.link");
  more.hidden = counted.length <= bars[id];
  more.textContent = text(moreKey, { count: Math.max(0, counted.length - bars[id]) });
  find(id).hidden = !counted.length;
}

function bar([name, title], share, count, value, filter) {
  const line = make("span", { className: "bar" }, make("span"));
  line.firstChild.style.inlineSize = `${Math.max(1, 100 * share)}%`;
  const button = make("button", { type: "button", "aria-pressed": chosen[filter] === value }, name, line);
  button.append(make("span", { className: "amount", textContent: number(count) }));
  if (filter === "letter") button.append(make("span", { className: "unseen", textContent: title }));
  else button.title = title;
  button.dataset.filter = filter;
  button.dataset.value = value;
  return make("li", {}, button);
}

function letterBar(pair) {
  const [from, to] = report.letters[pair];
  const becomes = to ? right(to) : make("span", { className: "quiet", textContent: text("removed") });
  return [make("span", { className: "pair" }, from ? box(from, to) : "", " → ", becomes), pairNames([from, to])];
}

function fileBar(file) {
  const name = report.files[file][0];
  return [make("span", { className: "name" }, fileName(name.slice(folder.length))), name];
}

// ---------------------------------------------------------------- tabs, rules, what is chosen

function showTabs() {
  const names = [text(report.mode === "check" ? "tabRepair" : "tabRepaired"), text("tabDecide")];
  [find("tab-repair"), find("tab-decide")].forEach((tab, side) => {
    const isOpen = chosen.isDoubt === Boolean(side);
    tab.setAttribute("aria-selected", isOpen);
    tab.tabIndex = isOpen ? 0 : -1;
    tab.replaceChildren(names[side], " ", badge(side ? report.numbers.doubts : report.numbers.repairs));
    if (isOpen) find("panel").setAttribute("aria-labelledby", tab.id);
  });
}

function showRules() {
  const side = chosen.isDoubt ? 1 : 0;
  const rows = report.rules.map((row, rule) => [rule, row[1 + side]]).filter(([, count]) => count);
  rows.sort((one, other) => other[1] - one[1]);
  const chips = rows.map(([rule, count]) => {
    const chip = make("button", { type: "button", "aria-pressed": chosen.rule === rule }, ruleName(rule), " ", badge(count));
    chip.dataset.filter = "rule";
    chip.dataset.value = rule;
    return chip;
  });
  const most = allRules ? chips.length : CHIPS;
  find("rules").replaceChildren(...(chips.length > 1 ? chips.slice(0, most) : []));
  if (chips.length > most) {
    const more = make("button", { type: "button", className: "link", textContent: text("showMoreRules", { count: chips.length - most }) });
    more.addEventListener("click", showAllRules);
    find("rules").append(more);
  }
}

let allRules = false;

function showAllRules() {
  allRules = true;
  showRules();
  find("rules").children[CHIPS].focus();
}

function showCount() {
  const all = chosen.isDoubt ? report.shown[1] : report.shown[0];
  const count = selected.reduce((sum, [, some]) => sum + some.length, 0);
  const values = { count, all: number(all), places: text("places", { count: selected.length }) };
  find("count").textContent = count ? text(isFiltered() ? "countSome" : "countAll", values) : text(all ? "countNone" : "nothingHere");
  find("clear").hidden = !isFiltered();
  find("filters").replaceChildren(...filterChips());
}

function filterChips() {
  const chips = [];
  const chip = (filter, ...children) => {
    const button = make("button", { type: "button", "aria-pressed": true }, ...children, " ×");
    button.dataset.filter = filter;
    button.dataset.value = chosen[filter];
    chips.push(button);
  };
  if (chosen.letter !== null) {
    const [from, to] = report.letters[chosen.letter];
    chip("letter", text("filterLetter", { from: shown(from), to: to ? shown(to) : text("removed") }));
  }
  if (chosen.file !== null) chip("file", fileName(report.files[chosen.file][0]));
  return chips;
}

// ---------------------------------------------------------------- the list

function addPlaces() {
  let room = STEP;
  while (added < selected.length && room > 0) {
    const [place, some] = selected[added];
    placesOfFile(place.file).append(placeElement(place, some));
    room -= some.length;
    added += 1;
  }
  find("more").hidden = added >= selected.length;
  showBeyond();
}

function addAll() {
  while (added < selected.length) addPlaces();
}

function placesOfFile(file) {
  if (file !== lastFile) {
    lastFile = file;
    const [name, ...counts] = report.files[file];
    const heading = make("h3", {}, fileName(name), " ", badge(counts[chosen.isDoubt ? 1 : 0]));
    find("list").append(make("section", { className: "file" }, heading, make("ol", { role: "list" })));
  }
  return find("list").lastElementChild.lastElementChild;
}

function placeElement(place, some) {
  const nodes = place.pieces.flatMap((piece) => (typeof piece === "string" ? plain(piece) : [lineWord(piece)]));
  const line = make("p", { className: "text" }, quoted("", place.cutBefore ? "…" : "", ...nodes, place.cutBehind ? "…" : ""));
  const list = make("ul", { className: "words", role: "list" }, ...some.map(wordElement));
  return make("li", { className: "place" }, gutter(place), make("div", {}, line, list));
}

function gutter({ line, column }) {
  const title = text("line", { line, column });
  const seen = make("span", { "aria-hidden": true, textContent: line });
  return make("span", { className: "line", title }, seen, make("span", { className: "unseen", textContent: title }));
}

function lineWord(word) {
  return make("span", { className: word.isDoubt ? "found doubt" : "found" }, ...before(word));
}

function wordElement(word) {
  const arrow = make("span", { className: "arrow", "aria-hidden": true, textContent: word.isDoubt ? " → ? " : " → " });
  const spoken = make("span", { className: "unseen", textContent: ` ${text(word.isDoubt ? "mayBe" : "becomes")} ` });
  const change = make("button", { type: "button", className: "change", "aria-expanded": false });
  change.append(quoted("before", ...before(word)), arrow, spoken, quoted("after", ...behind(word)));
  const element = make("li", { className: "word" }, change, make("span", { className: "rule", textContent: ruleName(word.rule) }));
  if (canBeKept(word)) element.append(keepBox(word));
  element.dataset.word = word.number;
  return element;
}

function keepBox(word) {
  const tick = make("input", { type: "checkbox", checked: kept.has(word.old), "aria-label": text("keepWord", { word: shown(word.old) }) });
  return make("label", { className: "keep" }, tick, " ", text("keep"));
}

function showBeyond() {
  const side = chosen.isDoubt ? 1 : 0;
  const count = (side ? report.numbers.doubts : report.numbers.repairs) - report.shown[side];
  find("beyond").hidden = !count;
  find("beyond").textContent = text("beyond", { count });
}

// ---------------------------------------------------------------- the letters of a word

function wordAt(element) {
  const item = element.closest("[data-word]");
  return item && words[Number(item.dataset.word)];
}

function isOpened(change) {
  return change.getAttribute("aria-expanded") === "true";
}

function openLetters(change) {
  const item = change.closest(".word");
  const isOpen = isOpened(change);
  change.setAttribute("aria-expanded", !isOpen);
  item.classList.toggle("open", !isOpen);
  if (isOpen) item.querySelector(".letters").remove();
  else item.append(lettersTable(wordAt(change)));
  hideTip();
}

function lettersTable(word) {
  const seen = new Map(word.pairs.map((pair) => [pairKey(...pair), pair]));
  const rows = [...seen.values()].map(([from, to]) => make("li", {}, ...letterCells(from, to)));
  return make("ul", { className: "letters", role: "list" }, ...rows);
}

function letterCells(from, to) {
  const becomes = to ? [right(to), " ", fullNames(to)] : [text("removed")];
  const wrong = from ? [box(from, to), " ", fullNames(from)] : [];
  return [make("span", {}, ...wrong), make("span", {}, make("span", { className: "arrow", textContent: "→ " }), ...becomes)];
}

// As Unicode has them, which is in English.
function fullNames(characters) {
  const names = Array.from(characters, (character) => `${codePoint(character)} ${(report.characters[character] || ["", text("nameless")])[1]}`);
  return make("span", { lang: "en", textContent: names.join(" + ") });
}

// ---------------------------------------------------------------- names on hover, on focus and under a finger

let tipAnchor = null;

function showTip(anchor, lines) {
  tipAnchor = anchor;
  find("tip").replaceChildren(...lines.map((line) => make("div", { textContent: line })));
  find("tip").hidden = false;
  placeTip();
}

function placeTip() {
  const tip = find("tip");
  if (tip.hidden) return;
  const place = tipAnchor.getBoundingClientRect();
  const left = Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const above = place.top - tip.offsetHeight - 6;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${above < 4 ? place.bottom + 6 : above}px`;
}

function hideTip() {
  find("tip").hidden = true;
}

function tipForBox(element) {
  showTip(element, [pairNames(boxed.get(element))]);
}

function tipForWord(change) {
  const word = wordAt(change);
  if (!word || isOpened(change)) return;
  showTip(change, [...new Set(word.pairs.map(pairNames))]);
  change.setAttribute("aria-describedby", "tip");
}

// ---------------------------------------------------------------- words to keep

const kept = new Map();

function setKept(word, isKept) {
  if (isKept) kept.set(word.old, word);
  else kept.delete(word.old);
  for (const item of document.querySelectorAll("[data-word]")) {
    const tick = item.querySelector("input");
    if (tick && wordAt(item).old === word.old) tick.checked = isKept;
  }
  showKept();
}

function showKept() {
  find("keep").hidden = !kept.size;
  find("keep-count").textContent = text("keepCount", { count: kept.size });
  find("keep-text").value = [...kept.values()].map(keepLine).join("");
  find("copied").textContent = "";
}

// A word that looks right needs a remark that says what it is made of.
function keepLine(word) {
  const letters = [...new Set(word.pairs.flatMap(([from]) => Array.from(from)))];
  let script = "";
  const names = letters.map((letter) => {
    const name = nameOf(letter, script);
    script = (report.characters[letter] || [""])[0];
    return name;
  });
  return `${keepEntry(word)}  # ${names.join(", ")}\n`;
}

// A star has a meaning in a list of words, and a backslash is of no word; the word as it is repaired names the same.
function keepEntry(word) {
  return /[*\\]/.test(word.old) ? word.new.replaceAll("\\", "") : word.old;
}

// A list has one word a line, with a remark behind it.
function canBeKept(word) {
  return !word.isCut && !/[\s#]/.test(word.old);
}

async function copyKept() {
  const area = find("keep-text");
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    find("copied").textContent = text("copied");
  } catch {
    find("copied").textContent = text(document.execCommand("copy") ? "copied" : "notCopied");
  }
}

// ---------------------------------------------------------------- keys

let current = null; // the word at which the keys are

function move(step) {
  let changes = [...document.querySelectorAll("#list .change")];
  const here = changes.indexOf(current);
  const target = here < 0 ? 0 : here + step;
  if (target >= changes.length && added < selected.length) {
    addPlaces();
    changes = [...document.querySelectorAll("#list .change")];
  }
  if (changes[target]) changes[target].focus();
}

function keepCurrent() {
  const tick = current && current.isConnected && current.closest(".word").querySelector("input");
  if (tick) setKept(wordAt(tick), !tick.checked);
}

// By the letter, or by the key that has it on a Latin keyboard: on a Ukrainian one that is another letter.
function commandOf(event) {
  if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return () => find("help").showModal();
  if (event.key === "/" || event.code === "Slash") return () => find("query").focus();
  const key = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase();
  return { j: () => move(1), k: () => move(-1), x: keepCurrent }[key];
}

function pressed(event) {
  if (event.key === "Escape") hideTip();
  const isTyping = event.target.closest("textarea, input:not([type=checkbox]), dialog");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !find("keys-on").checked) return;
  const command = commandOf(event);
  if (!command) return;
  event.preventDefault();
  command();
}

function pressedOnTab(event) {
  if (!["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return;
  event.preventDefault();
  const isDoubt = event.key === "Home" ? false : event.key === "End" ? true : !chosen.isDoubt;
  openTab(isDoubt);
  find(isDoubt ? "tab-decide" : "tab-repair").focus();
}

function openTab(isDoubt) {
  choose({ isDoubt, letter: null, file: null, rule: null });
}

// ---------------------------------------------------------------- what is pressed and pointed at

function clicked(event) {
  const filter = event.target.closest("[data-filter]");
  const change = event.target.closest(".change");
  if (filter) refocused(filter, () => toggle(filter.dataset.filter, Number(filter.dataset.value)));
  else if (change) openLetters(change);
}

// What was pressed is drawn anew; the focus goes to what takes its place.
function refocused(element, act) {
  const { filter, value } = element.dataset;
  const home = element.closest("#letters, #where, #rules, #filters");
  act();
  const again = home && home.querySelector(`[data-filter="${filter}"][data-value="${value}"]`);
  (again || find("query")).focus({ preventScroll: true });
}

function pointed(event) {
  const element = event.target.closest(".box");
  if (element) tipForBox(element);
}

function left(event) {
  if (event.pointerType !== "touch" && event.target.closest(".box")) hideTip();
}

function focused(event) {
  const change = event.target.closest(".change");
  if (!change) return;
  if (current) current.closest(".place").classList.remove("here");
  current = change;
  change.closest(".place").classList.add("here");
  if (change.matches(":focus-visible")) tipForWord(change);
}

function blurred(event) {
  const change = event.target.closest(".change");
  if (!change) return;
  hideTip();
  change.removeAttribute("aria-describedby");
}

let searching = 0;

function searched() {
  clearTimeout(searching);
  searching = setTimeout(() => choose({ query: find("query").value.trim().toLowerCase() }), 120);
}

function clear() {
  find("query").value = "";
  choose({ letter: null, file: null, rule: null, query: "" });
  find("query").focus({ preventScroll: true });
}

function listen() {
  document.addEventListener("keydown", pressed);
  document.addEventListener("click", clicked);
  document.addEventListener("pointerover", pointed);
  document.addEventListener("pointerout", left);
  document.addEventListener("pointerdown", (event) => event.target.closest(".box") || hideTip());
  document.addEventListener("focusin", focused);
  document.addEventListener("focusout", blurred);
  document.addEventListener("scroll", placeTip, { passive: true });
  find("list").addEventListener("change", (event) => setKept(wordAt(event.target), event.target.checked));
  find("query").addEventListener("input", searched);
  find("clear").addEventListener("click", clear);
  find("more").addEventListener("click", addPlaces);
  find("copy").addEventListener("click", copyKept);
  find("ask").addEventListener("click", () => find("help").showModal());
  find("close").addEventListener("click", () => find("help").close());
  for (const tab of document.querySelectorAll("[role=tab]")) {
    tab.addEventListener("click", () => openTab(tab.id === "tab-decide"));
    tab.addEventListener("keydown", pressedOnTab);
  }
  for (const id of Object.keys(bars)) find(id).querySelector("button.link").addEventListener("click", () => moreBars(id));
  for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => speak(button.dataset.language));
  window.addEventListener("beforeprint", addAll);
  new IntersectionObserver(([entry]) => entry.isIntersecting && addPlaces(), { rootMargin: "600px" }).observe(find("more"));
}

function moreBars(id) {
  const first = bars[id];
  bars[id] += MORE_BARS;
  showBars();
  find(id).querySelectorAll(".bars button")[first].focus();
}

function speak(tag) {
  language = tag;
  document.documentElement.lang = tag;
  for (const element of document.querySelectorAll("[data-text]")) element.textContent = text(element.dataset.text);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", text(element.dataset.label));
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = text(element.dataset.placeholder);
  for (const button of document.querySelectorAll("[data-language]")) button.setAttribute("aria-pressed", button.dataset.language === tag);
  showHead();
  showUnread();
  showChoice();
  if (kept.size) showKept();
}

listen();
speak(language);
