"""The page of --report as people use it: in a real browser, with keys, pointer and finger, in both languages.

Needs Playwright (the extra `browser`) and Chromium; axe-core comes from npm. Where one of them is missing, the tests are skipped.
"""

from __future__ import annotations

import http.server
import re
import shutil
import subprocess
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from homoglyph_fix.command.reports import Checked, Finding
from homoglyph_fix.command.reports.page.filling import Told, page
from homoglyph_fix.command.reports.page.gathering import Gathered
from pages import DAMAGED, HOSTILE, report, words

playwright = pytest.importorskip("playwright.sync_api", reason="needs Playwright: pip install -e '.[browser]'")

CHROMIUM: Final = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
AXE: Final = "axe-core@4.14.1"
PHONE: Final = {"width": 390, "height": 844}
MANY: Final = "Hіхто не знaє, що тут б\u200bуло. Він nорaзкu не xoтів, а 3емля наша.\n"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium")

Thing = Any
"""What Playwright hands over: it is not installed where types are checked."""

Open = Callable[..., Thing]
"""Opens a page: of a text, of a report or of a file; with a language, a colour scheme, a size of the screen."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Thing]:
    """One for all tests."""
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Thing, tmp_path: Path) -> Iterator[Open]:
    """Open a page; at the end see that it asked for nothing, said nothing on the console, and is not wider than the screen."""
    opened: list[tuple[Thing, list[str]]] = []

    def open_one(text: str = DAMAGED, made: bytes | None = None, name: str = "a.txt", *, locale: str = "en", **options: Thing) -> Thing:
        if made is None:
            (tmp_path / name).write_text(text, "utf-8")
            made = report(tmp_path, name)
        (tmp_path / "page.html").write_bytes(made)
        context = browser.new_context(locale=locale, **{"viewport": {"width": 1180, "height": 900}, **options})
        tab, events = context.new_page(), []
        tab.on("request", lambda request: events.append(f"asked for {request.url[:80]}"))
        tab.on("console", lambda message: events.append(message.text))
        tab.on("pageerror", lambda error: events.append(str(error)))
        tab.on("dialog", lambda dialog: events.append(dialog.message))
        tab.goto((tmp_path / "page.html").as_uri())
        opened.append((tab, events))
        return tab

    yield open_one
    for tab, events in opened:
        assert [event for event in events if event != f"asked for {tab.url[:80]}"] == []
        assert tab.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        tab.context.close()


def _many(findings: int = 10_000) -> bytes:
    """Return a page with so many findings in 100 files."""
    gathered = Gathered()
    line = "Це він знaє, і більше за всіх нас; nорaзкu він не xoтів, а 3емля наша, кажуть, кругла і велика, як і рік тому.\n"
    pairs = {"знaє": "знає", "nорaзкu": "поразки", "xoтів": "хотів", "3емля": "земля"}
    rules = ["digits" if old[0].isdigit() else "known-word" for old in pairs]
    found = tuple(Finding(0, line.index(old) + 1, old, new, "", 1.0, rule) for (old, new), rule in zip(pairs.items(), rules, strict=True))
    for file in range(100):
        one = gathered.begin(f"тексти/книга/розділ {file:03}.txt")
        for row in range(findings // 400):
            one.block(Checked("", row + 1, line.encode(), line.encode(), found), 20)
        gathered.take(one)
    return page(gathered, Told("check", "1.0", ["тексти"]))


def _changes(tab: Thing) -> list[str]:
    """Return the words that are listed, before and after."""
    return [" ".join(text.split()) for text in tab.locator("#list .change").all_inner_texts()]


def _count(tab: Thing) -> str:
    return str(tab.inner_text("#count"))


# What is seen.


def test_findings_are_seen(open_page: Open) -> None:
    """Head, numbers, the line, the word before and after, its rule."""
    tab = open_page()

    assert tab.title() == "2 words carry foreign letters – homoglyph-fix"
    assert tab.inner_text("h1") == "2 words carry foreign letters"
    assert tab.locator("#numbers dd").all_inner_texts() == ["2", "1", "4", "1", "8"]
    assert tab.locator("#list .text").all_inner_texts() == ["Oт і все, готуйся до nорaзкu."]
    assert _changes(tab) == ["Oт → becomes От", "nорaзкu → becomes поразки"]
    assert tab.locator("#list .rule").all_inner_texts() == ["known word"] * 2
    assert tab.locator("#list .text .box").all_inner_texts() == ["O", "n", "a", "u"]


def test_letters_have_their_kind(open_page: Open) -> None:
    """Digits are dashed, invisible characters dotted: not by colour alone."""
    tab = open_page("Земля наша, 3емля наша, пісня наша.\nУ ро\u00adботі йому допоміг брат, i все.\n")
    style = "element => getComputedStyle(element).borderTopStyle"

    boxes = {box.inner_text(): box.evaluate(style) for box in tab.locator("#list .text .box").all()}

    assert boxes == {"3": "dashed", "SHY": "dotted", "i": "solid"}


def test_marks_stay_on_their_letters(open_page: Open) -> None:
    """An accent behind a box is drawn in it; nothing of a word is lost."""
    tab = open_page("ро\u0301бoта, сáлo, и\u0306oгo\n")

    assert tab.locator("#list .text .box").all_inner_texts() == ["o", "á", "o", "и\u0306", "o", "o"]
    assert tab.inner_text("#list .text") == "ро\u0301бoта, сáлo, и\u0306oгo"
    assert tab.locator("#list .after").all_inner_texts() == ["ро\u0301бота", "са\u0301ло", "його"]


def test_doubts_have_a_tab(open_page: Open) -> None:
    """With its own letters, and a question."""
    tab = open_page()

    tab.click("#tab-decide")

    assert _changes(tab) == ["NАТО → ? may be ПАТО"]
    assert tab.locator("#letters .pair").all_inner_texts() == ["N → П"]
    assert tab.get_attribute("#panel", "aria-labelledby") == "tab-decide"


def test_a_clean_text_has_a_page(open_page: Open) -> None:
    """Which says so."""
    tab = open_page("Це добре.\n")

    assert tab.inner_text("h1") == "No foreign letters were found"
    assert _count(tab) == "Nothing here."
    assert not tab.is_visible("#letters")


def test_only_doubts(open_page: Open) -> None:
    """Their tab is open."""
    tab = open_page("Хочу NАТО.\n")

    assert tab.inner_text("h1") == "Nothing to repair, 1 word to decide"
    assert tab.get_attribute("#tab-decide", "aria-selected") == "true"


def test_both_languages(open_page: Open) -> None:
    """By the language of the browser, and by a button; numbers and dates too; words that are kept stay so."""
    tab = open_page(locale="uk-UA")
    assert tab.inner_text("h1") == "2 слова містять чужі літери"
    assert tab.get_attribute("html", "lang") == "uk"
    tab.locator("#list input").first.check()
    assert "латинська O U+004F" in tab.input_value("#keep-text")

    tab.click("text=English")

    assert tab.inner_text("h1") == "2 words carry foreign letters"
    assert tab.get_attribute("html", "lang") == "en"
    assert tab.locator("#list input").first.is_checked()
    assert "Latin O U+004F" in tab.input_value("#keep-text")
    assert tab.get_attribute("[data-language=en]", "aria-pressed") == "true"


@pytest.mark.parametrize(("locale", "language"), [("uk", "uk"), ("de-DE", "en"), ("en-GB", "en"), ("pl", "en")])
def test_the_language_of_the_browser(open_page: Open, locale: str, language: str) -> None:
    """English where it is neither."""
    assert open_page(locale=locale).get_attribute("html", "lang") == language


def test_no_text_is_left_out(open_page: Open) -> None:
    """In neither language is a label empty, or a blank not filled."""
    for locale in ("en", "uk"):
        tab = open_page(locale=locale)
        tab.locator("#list input").first.check()
        assert tab.evaluate("[...document.querySelectorAll('[data-text]')].every((element) => element.textContent.trim())")
        assert not re.search(r"\{\w+\}|undefined|NaN|null", tab.inner_text("body"))


# Filters.


def test_letters_filter(open_page: Open) -> None:
    """Press a bar for its words, once more for all."""
    tab = open_page()
    bar = tab.locator("#letters .bars button", has_text="n → п")

    bar.click()
    assert _changes(tab) == ["nорaзкu → becomes поразки"]
    assert _count(tab) == "1 of 2 words, in 1 place"
    assert bar.get_attribute("aria-pressed") == "true"
    assert tab.evaluate("document.activeElement.dataset.filter") == "letter"

    bar.click()
    assert len(_changes(tab)) == 2


def test_files_and_rules_filter(open_page: Open) -> None:
    """Together; and what is chosen can be cleared."""
    tab = open_page(made=_many(2000))
    tab.locator("#where .bars button").nth(3).click()
    assert _count(tab) == "20 of 2,000 words, in 5 places"
    tab.locator("#rules button", has_text="digits").click()
    assert _count(tab) == "5 of 2,000 words, in 5 places"
    assert tab.locator("#list h3").count() == 1

    tab.click("#clear")

    assert _count(tab) == "2,000 words in 500 places"
    assert not tab.is_visible("#clear")


def test_search(open_page: Open) -> None:
    """For a word as it stands, as it should be, and for a file."""
    tab = open_page()
    for query, count in (("поразк", 1), ("nорaзкu", 1), ("A.TXT", 2), ("немає", 0)):
        tab.fill("#query", query)
        tab.wait_for_timeout(300)
        assert len(_changes(tab)) == count, query
    assert _count(tab) == "No word matches."


def test_bars_go_on(open_page: Open) -> None:
    """Ten are shown, then more; names of files without the folder that is common to all."""
    tab = open_page(made=_many(400))
    bars = tab.locator("#where .bars button")
    assert bars.count() == 10
    assert bars.first.locator(".name").inner_text() == "розділ 000.txt"

    tab.locator("#where .link").click()

    assert bars.count() == 60


def test_the_list_goes_on(open_page: Open) -> None:
    """Two hundred words at a time, by button, and by scrolling."""
    tab = open_page(made=_many(2000))
    assert tab.locator("#list .change").count() == 200

    tab.locator("#more").evaluate("button => button.click()")
    assert tab.locator("#list .change").count() == 400

    tab.keyboard.press("End")
    tab.wait_for_selector("#list .word >> nth=400", state="attached")


# Keys.


def test_keys(open_page: Open) -> None:
    """The whole review without a pointer: j, Enter, x, k, /, ?, Escape."""
    tab = open_page()
    focused = "document.activeElement.closest('.word')?.dataset.word"
    tab.keyboard.press("j")
    assert tab.evaluate(focused) == "0"
    tab.keyboard.press("j")
    assert tab.evaluate(focused) == "1"
    tab.keyboard.press("Enter")
    assert "U+006E LATIN SMALL LETTER N" in tab.inner_text("#list .letters")
    tab.keyboard.press("x")
    assert tab.input_value("#keep-text") == "nорaзкu  # Latin n U+006E, a U+0061, u U+0075\n"
    tab.keyboard.press("x")
    assert not tab.is_visible("#keep")
    tab.keyboard.press("k")
    assert tab.evaluate(focused) == "0"
    tab.keyboard.press("/")
    tab.keyboard.type("jkx?/")
    assert tab.input_value("#query") == "jkx?/"
    tab.keyboard.press("Tab")
    tab.keyboard.press("?")
    assert tab.is_visible("#help")
    tab.keyboard.press("Escape")
    assert not tab.is_visible("#help")


def test_keys_of_a_ukrainian_keyboard(open_page: Open) -> None:
    """There the keys of j, k and x have other letters, and / is a full stop."""
    tab = open_page(locale="uk")
    press = "([key, code]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, code, bubbles: true}))"

    tab.evaluate(press, ["о", "KeyJ"])
    tab.evaluate(press, ["ч", "KeyX"])
    assert tab.input_value("#keep-text").startswith("Oт  # ")
    tab.evaluate(press, [".", "Slash"])
    assert tab.evaluate("document.activeElement.id") == "query"


def test_keys_can_be_turned_off(open_page: Open) -> None:
    """For whoever speaks to the computer, single keys are a trap."""
    tab = open_page()
    tab.click("#ask")
    tab.uncheck("#keys-on")
    tab.click("#close")

    tab.keyboard.press("j")

    assert tab.evaluate("document.activeElement.className") != "change"


def test_j_goes_beyond_what_is_listed(open_page: Open) -> None:
    """More words are added when they are needed."""
    tab = open_page(made=_many(400))
    tab.locator("#list .change").nth(199).focus()

    tab.keyboard.press("j")

    assert tab.evaluate("document.activeElement.closest('.word').dataset.word") == "200"


def test_tabs_by_arrows(open_page: Open) -> None:
    """As the pattern of tabs has it."""
    tab = open_page()
    tab.focus("#tab-repair")
    for key, open_one in (("ArrowRight", "tab-decide"), ("ArrowRight", "tab-repair"), ("End", "tab-decide"), ("Home", "tab-repair")):
        tab.keyboard.press(key)
        assert tab.evaluate("document.activeElement.id") == open_one
        assert tab.get_attribute(f"#{open_one}", "aria-selected") == "true"
    assert tab.get_attribute("#tab-decide", "tabindex") == "-1"


def test_everything_is_reached_by_tab(open_page: Open) -> None:
    """And what has the focus shows it."""
    tab = open_page()
    wanted = {"query", "ask", "tab-repair", "change", "checkbox", "letter", "en", "uk"}
    reached = set()
    for _ in range(30):
        tab.keyboard.press("Tab")
        names = "({id, className, type, dataset}) => [id, className, type, dataset.filter, dataset.language]"
        reached |= set(tab.evaluate(f"({names})(document.activeElement)"))
        assert tab.evaluate("document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== 'none'")

    assert wanted <= reached


# Names of letters.


def test_names_on_hover(open_page: Open) -> None:
    """Of the letter under the pointer; Escape takes the name away."""
    tab = open_page()
    tab.locator("#list .text .box").nth(1).hover()
    assert tab.inner_text("#tip") == "Latin n U+006E → Cyrillic п U+043F"

    tab.keyboard.press("Escape")
    assert not tab.is_visible("#tip")


def test_names_on_focus(open_page: Open) -> None:
    """Of all letters of the word; a screen reader is told."""
    tab = open_page()
    tab.keyboard.press("j")

    assert tab.inner_text("#tip") == "Latin O U+004F → Cyrillic О U+041E"
    assert tab.evaluate("document.activeElement.getAttribute('aria-describedby')") == "tip"


def test_names_under_a_finger(open_page: Open) -> None:
    """A tap on a letter, and on a word."""
    tab = open_page(viewport=PHONE, has_touch=True, is_mobile=True)
    tab.locator("#list .text .box").nth(1).tap()
    assert tab.inner_text("#tip").startswith("Latin n U+006E")

    tab.locator("#list .change").first.tap()
    assert "LATIN CAPITAL LETTER O" in tab.inner_text("#list .letters")


def test_names_in_ukrainian(open_page: Open) -> None:
    """Digits and invisible characters too."""
    tab = open_page("Земля наша, 3емля наша, пісня наша.\nУ ро\u00adботі йому допоміг брат, i все.\n", locale="uk")
    names = []
    for box in tab.locator("#list .text .box").all():
        box.hover()
        names.append(tab.inner_text("#tip"))

    assert names == ["цифра 3 U+0033 → кирилична з U+0437", "м’який перенос U+00AD → зайве", "латинська i U+0069 → кирилична і U+0456"]


# Words to keep.


def test_words_to_keep(open_page: Open) -> None:
    """A line each, with what it is made of; the same word is ticked wherever it stands."""
    tab = open_page("Oт і все, готуйся до nорaзкu.\nOт і це.\n")
    assert not tab.is_visible("#keep")

    tab.locator("#list input").first.check()
    tab.locator("#list input").nth(1).check()

    assert [tick.is_checked() for tick in tab.locator("#list input").all()] == [True, True, True]
    assert tab.inner_text("#keep-count") == "2 words"
    assert tab.input_value("#keep-text") == "Oт  # Latin O U+004F\nnорaзкu  # Latin n U+006E, a U+0061, u U+0075\n"

    tab.locator("#list input").nth(2).uncheck()

    assert tab.input_value("#keep-text") == "nорaзкu  # Latin n U+006E, a U+0061, u U+0075\n"


def test_words_with_signs_are_kept_as_repaired(open_page: Open) -> None:
    """A star would stand for any ending, and a backslash is no part of a word."""
    tab = open_page("Їх було п*ять.\n" + '\\"назва\\": \\"новий об\\"єкт\\"\n')
    tab.locator("#list input").first.check()
    tab.click("#tab-decide")
    tab.locator("#list input").first.check()

    assert tab.input_value("#keep-text") == "п'ять  # asterisk U+002A\nоб'єкт  # quotation mark U+0022\n"


def test_words_to_keep_are_copied(open_page: Open) -> None:
    """All of them, by a button that says so."""
    tab = open_page(permissions=["clipboard-read", "clipboard-write"])
    tab.locator("#list input").first.check()
    tab.click("#keep summary")
    tab.click("#copy")
    tab.wait_for_selector("#copied:has-text('Copied')")

    assert tab.evaluate("navigator.clipboard.readText()") == tab.input_value("#keep-text")


def test_a_word_that_is_cut_cannot_be_kept(open_page: Open) -> None:
    """The page does not know all of it."""
    assert open_page(f"слово, {'ж' * 200}o{'ж' * 200}, слово\n").locator("#list input").count() == 0


# What is hostile stays text.


@pytest.mark.parametrize("screen", [None, PHONE])
def test_hostile_text_is_text(open_page: Open, screen: dict[str, int] | None) -> None:
    """Nothing in it becomes an element, nothing runs, nothing turns the line around; a name of a file does not either."""
    name = "<img src=x onerror=alert(1)>\u202e.txt"
    tab = open_page(HOSTILE, name=name, locale="en", **({"viewport": screen} if screen else {}))

    assert tab.locator("main img, main script, main b").count() == 0
    assert "</script><script>alert(1)</script><img src=x onerror=alert(1)>" in tab.inner_text("#list")
    assert "\\u202e.txt" in tab.inner_text("#list h3")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x08\x0e-\x1f]", tab.inner_text("body"))
    assert tab.locator("#list .code").all_inner_texts()[:3] == ["RLO", "LRI", "U+001B"]
    assert set(tab.evaluate("[...document.querySelectorAll('#list .text > *')].map(({tagName}) => tagName)")) == {"BDI"}


@pytest.mark.parametrize("screen", [None, PHONE])
def test_a_line_of_a_megabyte(open_page: Open, screen: dict[str, int] | None) -> None:
    """Of one word, and of many: it is an excerpt, and no wider than the screen."""
    long = "слово " * 40_000 + "Oт" + " добре" * 40_000 + " " + "ж" * 500_000 + "o" + "ж" * 100_000 + "\n"

    tab = open_page(long, **({"viewport": screen} if screen else {}))

    assert len(_changes(tab)) == 2
    assert len(tab.inner_text("#list")) < 1000


def test_nothing_else_may_run(open_page: Open) -> None:
    """The policy refuses a script that was put in afterwards, a style, and a request."""
    tab = open_page()
    refused: list[str] = []
    other = tab.context.new_page()
    other.on("console", lambda message: refused.append(message.text))
    other.goto(tab.url)
    other.evaluate(
        """() => {
        const script = document.createElement("script"); script.textContent = "window.ran = true"; document.body.append(script);
        const image = document.createElement("img"); image.src = "http://127.0.0.1:9/x.png"; document.body.append(image);
        document.body.setAttribute("style", "display: none");
        }"""
    )
    other.wait_for_timeout(200)

    assert other.evaluate("window.ran") is None
    assert other.is_visible("h1")
    assert len([text for text in refused if "Content Security Policy" in text]) >= 3


def test_from_a_server(open_page: Open, tmp_path: Path, browser: Thing) -> None:
    """The page of a job of CI is looked at by HTTP: there too it asks for nothing more."""
    (tmp_path / "a.txt").write_text(DAMAGED, "utf-8")
    report(tmp_path, "a.txt")
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args: object) -> None:
            asked.append(self.path)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tab = browser.new_page()
        faults: list[str] = []
        tab.on("console", lambda message: faults.append(message.text))
        tab.goto(f"http://127.0.0.1:{server.server_port}/page.html")
        tab.wait_for_selector("#list .change")
        tab.wait_for_timeout(300)
        tab.close()
        server.shutdown()

    assert faults == []
    assert set(asked) <= {"/page.html", "/favicon.ico"}


# Speed, sizes, paper.


def test_ten_thousand_findings_open_in_two_seconds(open_page: Open) -> None:
    """And are filtered in one: on a machine that does nothing else it takes a quarter of that."""
    made = _many()
    assert len(words(made)) == 10_000

    tab = open_page(made=made)
    tab.wait_for_selector("#list .change")
    opened = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    start = time.monotonic()
    tab.locator("#letters .bars button").first.click()
    assert "of 10,000 words" in _count(tab)

    assert opened < 2000
    assert time.monotonic() - start < 1


def test_print_shows_all(open_page: Open) -> None:
    """All that is chosen, and no buttons."""
    tab = open_page(made=_many(800))
    tab.emulate_media(media="print")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    assert tab.locator("#list .change").count() == 800
    assert not tab.is_visible("#query")
    assert not tab.is_visible(".keep")
    assert len(tab.pdf()) > 10_000


@pytest.mark.parametrize("locale", ["en", "uk"])
@pytest.mark.parametrize("width", [320, 390, 768, 1180])
def test_nothing_is_too_wide(open_page: Open, width: int, locale: str) -> None:
    """Of all that can be opened. The fixture compares the widths in the end."""
    text = MANY * 3 + f"слово nорaзкu{'ж' * 300} слово\n"
    tab = open_page(text, name="д" * 60 + ".txt", locale=locale, viewport={"width": width, "height": 800})
    for change in tab.locator("#list .change").all():
        change.click()
    tab.locator("#list input").first.check()
    tab.click("#keep summary")
    tab.locator("#letters .bars button").first.click()

    assert tab.evaluate("document.documentElement.scrollWidth") <= width


# Whether everybody can use it.


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of axe-core, as npm has it."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm, for axe-core")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run([npm, "pack", "--silent", AXE], cwd=folder, capture_output=True, check=False, timeout=120)
    if done.returncode:
        pytest.skip(f"needs {AXE} of the registry of npm")
    with tarfile.open(next(folder.glob("*.tgz"))) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


@pytest.mark.parametrize("locale", ["en", "uk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", [None, PHONE])
def test_axe_finds_no_fault(open_page: Open, axe: str, scheme: str, screen: dict[str, int] | None, locale: str) -> None:
    """With words, letters, keep boxes and filters open; in the other tab; with the help over it."""
    tab = open_page(MANY * 3 + DAMAGED, locale=locale, color_scheme=scheme, **({"viewport": screen} if screen else {}))
    tab.evaluate(axe)
    tab.locator("#list .change").first.click()
    tab.locator("#list input").first.check()
    tab.click("#keep summary")
    tab.locator("#letters .bars button").first.click()
    assert _faults(tab) == []
    tab.click("#tab-decide")
    assert _faults(tab) == []
    tab.click("#ask")
    assert _faults(tab) == []


def _faults(tab: Thing) -> list[str]:
    """Return what axe-core finds, serious or not."""
    found = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{fault['impact']}: {fault['id']}: {fault['nodes'][0]['html']}" for fault in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_motion_and_themes(open_page: Open, scheme: str) -> None:
    """The theme is that of the system; who wants no motion gets none."""
    tab = open_page(color_scheme=scheme, reduced_motion="reduce")

    red, green, blue = map(int, re.findall(r"\d+", tab.evaluate("getComputedStyle(document.body).backgroundColor")))
    assert (red + green + blue > 600) == (scheme == "light")
    assert tab.evaluate("getComputedStyle(document.querySelector('.bar > span')).transitionDuration") == "0s"


def test_quoted_text_has_its_language(open_page: Open) -> None:
    """A screen reader reads it as Ukrainian, and the names of Unicode as English."""
    tab = open_page()
    tab.locator("#list .change").first.click()

    assert tab.locator("#list .text bdi").first.get_attribute("lang") == "uk"
    assert tab.locator("#list .letters [lang=en]").count() == 2
    assert tab.locator("#count").get_attribute("role") == "status"
