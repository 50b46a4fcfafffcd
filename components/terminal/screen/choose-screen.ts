// Chooses what shows a terminal, and loads it. A keyboard on the screen has neither arrows nor Ctrl, so touch devices get a field and buttons.
import type { Screen, ScreenEvents } from './screen.ts';

export async function chooseScreen(place: HTMLElement, events: ScreenEvents): Promise<Screen> {
  if (matchMedia('(pointer: coarse)').matches)
    return (await import('./plain-screen.ts')).createPlainScreen(place, events);
  return (await import('./xterm-screen.ts')).createXtermScreen(place, events);
}
