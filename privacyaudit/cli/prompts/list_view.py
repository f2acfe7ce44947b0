"""How a list of questionary stands in the terminal: the cursor on the chosen line, and a foot below it."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any, cast

from prompt_toolkit.filters import Condition, IsDone, to_filter
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, HSplit, UIContent, UIControl, Window
from prompt_toolkit.utils import suspend_to_background_supported
from questionary.prompts.common import InquirerControl, Separator

from privacyaudit.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit.application import Application

    from privacyaudit.cli.prompts.stray_enter import StrayEnter


def arrange(form: Application[Any]) -> None:
    """Let the terminal's cursor stand where the pointer is, so that a screen reader reads that line, and add the foot.

    The foot stands in the place of questionary's toolbar, which finds no room below a list longer than the window.
    """
    layout = form.layout
    form.key_bindings = merge_key_bindings([form.key_bindings or KeyBindings(), _set_aside()])
    for window in layout.find_all_windows():
        window.wrap_lines = to_filter(True)
        if isinstance(window.content, InquirerControl):
            window.content.focusable = to_filter(True)
            layout.focus(window)
            form.key_bindings = merge_key_bindings([form.key_bindings, _enter_typed_ahead()])
            stop_with(form, Keys.ControlD)
            root = layout.container
            assert isinstance(root, HSplit)
            foot = _Foot(window, window.content)
            root.children[-1] = ConditionalContainer(
                Window(foot, height=foot.height, wrap_lines=True),
                filter=~IsDone(),  # type: ignore[no-untyped-call]
            )


def answer_at_once(form: Application[Any], places: Mapping[str, int], stray: StrayEnter) -> None:
    """Let the key of a place answer without Enter."""
    bindings = KeyBindings()

    def answering(place: int) -> Callable[[KeyPressEvent], None]:
        def answer(event: KeyPressEvent) -> None:
            stray.expect()
            event.app.exit(result=place)

        return answer

    for key, place in places.items():
        for typed in {key, key.upper()}:
            bindings.add(typed, eager=True)(answering(place))
    form.key_bindings = merge_key_bindings([form.key_bindings or KeyBindings(), bindings])


def stop_with(form: Application[Any], *keys: str) -> None:
    """Let these keys stop as Ctrl-C does."""
    bindings = KeyBindings()
    for key in keys:
        bindings.add(key, eager=True)(lambda event: event.app.exit(exception=KeyboardInterrupt))
    form.key_bindings = merge_key_bindings([form.key_bindings or KeyBindings(), bindings])


def leave_out(form: Application[Any], stray: StrayEnter) -> None:
    """Let the Enter answer nothing that still belongs to the key before."""
    bindings = KeyBindings()

    @bindings.add(Keys.ControlM, eager=True, filter=Condition(stray.is_expected))
    def _leave_out(_event: KeyPressEvent) -> None:
        stray.seen()

    form.key_bindings = merge_key_bindings([form.key_bindings or KeyBindings(), bindings])
    stray.shown()


def let_search(form: Application[Any]) -> None:
    """Keep the pointer on a line that can be marked while somebody types a name, and show all again once it is.

    A letter that leads to no line is left out, so that the space bar marks nothing that was not meant.
    Questionary looks for headings in the whole list where it should in the shorter one, and may never find its way.
    """
    bindings = KeyBindings()
    (control,) = [
        window.content for window in form.layout.find_all_windows() if isinstance(window.content, InquirerControl)
    ]

    def point(step: int) -> None:
        shown = control.filtered_choices
        control.pointed_at = (control.pointed_at + step) % len(shown)
        while isinstance(shown[control.pointed_at], Separator):
            control.pointed_at = (control.pointed_at + step) % len(shown)

    def typed(event: KeyPressEvent) -> None:
        control.add_search_character(cast("Keys", event.key_sequence[0].key))
        found = [choice for choice in control.filtered_choices if not isinstance(choice, Separator)]
        if control.search_filter and not (found and control.found_in_search):
            control.remove_search_character()
        begun = (control.search_filter or "").lower()
        names = {
            place: str(choice.title).lower()
            for place, choice in enumerate(control.filtered_choices)
            if not isinstance(choice, Separator)
        }
        control.pointed_at = next((place for place, name in names.items() if name.startswith(begun)), min(names))

    for key in (*string.ascii_letters, *string.digits, *string.punctuation, Keys.Backspace):
        bindings.add(key, eager=True)(typed)
    bindings.add(Keys.Down, eager=True)(lambda _event: point(1))
    bindings.add(Keys.Up, eager=True)(lambda _event: point(-1))

    @bindings.add(" ", eager=True)
    def _mark(_event: KeyPressEvent) -> None:
        chosen = control.get_pointed_at()
        marked = control.selected_options
        control.selected_options = (
            [one for one in marked if one != chosen.value] if chosen.value in marked else [*marked, chosen.value]
        )
        control.error_message = None
        control.search_filter = None
        control.pointed_at = control.choices.index(chosen)

    @bindings.add(Keys.ControlI, eager=True)
    def _nothing(_event: KeyPressEvent) -> None:
        """Tab would mark everything that is not marked."""

    form.key_bindings = merge_key_bindings([form.key_bindings or KeyBindings(), bindings])


def _set_aside() -> KeyBindings:
    """Return what stops the program for a while with Ctrl-Z, as any other; `fg` brings it back and draws it anew."""
    bindings = KeyBindings()

    @bindings.add(Keys.ControlZ, eager=True, filter=Condition(suspend_to_background_supported))
    def _stop(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    return bindings


def _enter_typed_ahead() -> KeyBindings:
    """Return what takes an Enter that was typed between two lists: the terminal turned it into a line feed."""
    bindings = KeyBindings()

    @bindings.add(Keys.ControlJ)
    def _enter(event: KeyPressEvent) -> None:
        event.key_processor.feed(KeyPress(Keys.ControlM, "\r"), first=True)

    return bindings


class _Foot(UIControl):
    """What stands below a list: what is wrong with the choice, or else that the list goes on."""

    def __init__(self, window: Window, choices: InquirerControl) -> None:
        self._window = window
        self._choices = choices

    def height(self) -> int:
        """Return how many lines it takes."""
        return 2 if self._choices.error_message else 1

    def create_content(self, width: int, height: int) -> UIContent:
        """Return its one line, made after the list has been drawn."""
        del width, height
        return UIContent(lambda _line: [("bold", f" {self._text()}")], line_count=1)

    def _text(self) -> str:
        if self._choices.error_message:
            return "".join(text for _style, text, *_mouse in self._choices.error_message)
        drawn = self._window.render_info
        if drawn is None:
            return ""
        above = drawn.first_visible_line() > 0
        below = drawn.last_visible_line() < drawn.ui_content.line_count - 1
        if above and below:
            return _("↑ ↓ More above and below")
        return _("↓ More below") if below else _("↑ More above") if above else ""
