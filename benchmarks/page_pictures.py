"""Pictures of the page that --report writes, for docs/report.md: real output over made-up articles, photographed in Chromium.

Run `make page-pictures`; it needs Chromium and the extra `browser`.
"""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

PICTURES: Final = Path(__file__).parent.parent / "docs" / "pictures"
COLOURS: Final = 192  # of a palette: letters are as clear as with all colours, and the file is a third as large
SHARE: Final = 0.5  # of the words of a damaged article that may be damaged
LOOKALIKES: Final = dict(zip("аеіосрухнпигкмтвАВЕІКМНОРСТХ", "aeiocpyxHnurkMTBABEIKMHOPCTX", strict=True))
DIGITS: Final = {"о": "0", "З": "3", "б": "6", "ч": "4"}
FIRST: Final = (
    "Ввечері зaпpошуємо вciх на кoнцеpт у міській бібліотеці, вхід вільний.\n"
    "Шyкаю po6оту: 3аробіток чeрез телегpам, дзвоніть до 10:00.\n"
    "Еко\u00adномiка міста зрocтає, а з нею й пo\u200bтреби мешканців.\n"
    "Готyйся до nорaзкu, якщо не віриш y пеpeмогу.\n"
    "Хочемо до NАТО, акції BAT подорожчали.\n"
)
ARTICLES: Final = {
    "новини/бібліотека": "Районна бібліотека відкрила читальний зал після ремонту. Книжки для дітей стоять тепер на першому поверсі.",
    "новини/міст": "Новий міст через річку збудують до кінця наступного року. Роботи почалися навесні, а кошти виділила громада.",
    "новини/погода": "Завтра очікується мінлива хмарність без опадів. Вночі температура повітря опуститься до трьох градусів тепла.",
    "листи/читачам": "Дякуємо всім, хто надіслав нам свої спогади. Найкращі оповідання ми надрукуємо в наступному числі газети.",
    "листи/редакції": "Прошу виправити помилку в минулому числі. Вистава відбулася не в суботу, а в неділю, і квитки коштували дешевше.",
    "оголошення/квартира": "Здається квартира поблизу парку, дві кімнати, після ремонту. Поруч школа, крамниця та зупинка трамвая.",
    "оголошення/робота": "Шукаємо перекладача з досвідом роботи понад три роки. Пропонуємо гідну зарплату та гнучкий розклад.",
    "оголошення/знайдено": "Знайдено сірого кота з білими лапами. Господаря просимо зателефонувати будь-коли після обіду.",
}


def main() -> None:
    """Photograph the page in light and dark, and on a phone."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # of the extra

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = written(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        screens: dict[str, dict[str, Any]] = {
            "light": {"locale": "en", "color_scheme": "light", "viewport": {"width": 1100, "height": 1330}},
            "dark": {"locale": "uk", "color_scheme": "dark", "viewport": {"width": 1100, "height": 1000}},
            "phone": {"locale": "uk", "color_scheme": "light", "viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
        }
        for name, options in screens.items():
            tab = browser.new_context(**options).new_page()
            tab.goto(page.as_uri())
            arrange(tab, name)
            save(tab.screenshot(), PICTURES / f"report-{name}.png")
        browser.close()


def written(folder: Path) -> Path:
    """Return the page over the articles, which are written into a folder for it."""
    random_ = random.Random(11)
    (folder / "статті").mkdir()
    (folder / "статті" / "афіша.txt").write_text(FIRST, "utf-8")
    for name, text in ARTICLES.items():
        path = folder / "статті" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        rows = [damaged(sentence, random_) for _ in range(random_.randint(2, 9)) for sentence in text.split(". ")]
        path.write_text(".\n".join(dict.fromkeys(rows)), "utf-8")
    (folder / "статті" / "архів 1998.txt").write_bytes(" ".join(ARTICLES.values()).encode("cp1251"))
    (folder / "статті" / "обкладинка.png").write_bytes(b"\x89PNG\0")
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1795600000", "PYTHONUTF8": "1"}
    subprocess.run([sys.executable, "-m", "homoglyph_fix", "--report", "page.html", "статті"], cwd=folder, env=environment, check=False)
    return folder / "page.html"


def damaged(sentence: str, random_: random.Random) -> str:
    """Return a sentence with letters of other alphabets in some of its words."""
    return " ".join(_word(word, random_) if random_.random() < SHARE else word for word in sentence.split(" "))


def _word(word: str, random_: random.Random) -> str:
    return "".join(_letters(word, random_)) if len(word) > 3 else word


def _letters(word: str, random_: random.Random) -> Iterator[str]:
    for letter in word:
        chance = random_.random()
        if chance < 0.03:
            yield DIGITS.get(letter, letter)
        else:
            yield LOOKALIKES.get(letter, letter) if chance < 0.3 else letter


def arrange(tab: Any, name: str) -> None:  # noqa: ANN401  # Playwright is not installed where types are checked
    """Show what the page can do: in the light the letters of a word, in the dark words to keep, on a phone the list."""
    if name == "light":
        tab.locator("#list .change").nth(2).click()
        tab.mouse.move(0, 0)
        return
    for word in (1, 3):
        tab.locator("#list input").nth(word).check()
    if name == "dark":
        tab.click("#keep summary")
    tab.locator("#findings").evaluate("element => element.scrollIntoView()")
    tab.evaluate("document.activeElement.blur()")


def save(png: bytes, path: Path) -> None:
    """Write a picture with a palette."""
    from PIL import Image  # noqa: PLC0415  # of the extra

    image = Image.open(io.BytesIO(png)).convert("RGB")
    image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=2, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
