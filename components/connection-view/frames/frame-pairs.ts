// Finds for a frame that came in at the gateway the one that went out for it, where the gateway reads messages and writes them anew.
import { payloadOf } from './frame-facts.ts';
import { comesIn, type FrameEvent, type Way, wayOf } from './frame-hops.ts';

/** What came in and waits for what goes out: a control frame, or a message with all its fragments. */
interface Unit {
  frames: FrameEvent[];
  control: boolean;
  whole: boolean;
}

/** Messages a way that wait to go out; of more, the oldest are taken not to. */
const mostWaiting = 1000;
const firstControl = 8;

/**
 * The gateway writes a message as one frame and keeps the order of messages, but may lose some (a switch), change their payload (a policy) and let
 * control frames overtake. So frames are matched by opcode and order, and where one of the same payload waits, by that.
 */
export class FramePairs {
  #waiting: Record<Way, Unit[]> = { 'to-target': [], 'to-client': [] };
  #partners = new Map<number, FrameEvent>();
  #stayed = new Set<number>();

  add(frame: FrameEvent): void {
    const units = this.#waiting[wayOf(frame.direction)];
    if (comesIn(frame.direction)) this.#wait(frame, units);
    else this.#match(frame, units);
  }

  /** The frame on the other hop; for a message in fragments each has the one that went out, and that one has the last fragment. */
  partnerOf(frame: FrameEvent): FrameEvent | null {
    return this.#partners.get(frame.id) ?? null;
  }

  /** It came in, and later ones went out, but it did not. */
  stayed(frame: FrameEvent): boolean {
    return this.#stayed.has(frame.id);
  }

  forget(frames: readonly FrameEvent[]): void {
    for (const { id } of frames) {
      this.#partners.delete(id);
      this.#stayed.delete(id);
    }
  }

  #wait(frame: FrameEvent, units: Unit[]): void {
    const control = frame.opcode >= firstControl;
    const open = frame.opcode === 0 ? units.findLast((unit) => !unit.control && !unit.whole) : undefined;
    if (open) {
      open.frames.push(frame);
      open.whole = frame.fin;
    } else units.push({ frames: [frame], control, whole: frame.fin });
    if (units.length > mostWaiting) this.#leave(units.splice(0, units.length - mostWaiting));
  }

  #match(frame: FrameEvent, units: Unit[]): void {
    const control = frame.opcode >= firstControl;
    const fits = units.filter((unit) => unit.whole && unit.frames[0]?.opcode === frame.opcode);
    const unit = fits.find((each) => hasPayloadOf(each, frame)) ?? fits[0];
    if (!unit) return;
    const at = units.indexOf(unit);
    for (const each of unit.frames) this.#partners.set(each.id, frame);
    const last = unit.frames.at(-1);
    if (last) this.#partners.set(frame.id, last);
    units.splice(at, 1);
    // Messages keep their order: those before it will not come any more.
    if (!control) this.#leave(takeOut(units, (each, i) => i < at && !each.control && each.whole));
  }

  #leave(units: readonly Unit[]): void {
    for (const { frames } of units) for (const { id } of frames) this.#stayed.add(id);
  }
}

/** Bytes are compared: the text of a message's first fragment is told as text, all further ones as hex. */
function hasPayloadOf({ frames }: Unit, frame: FrameEvent): boolean {
  if (frames.reduce((sum, { length }) => sum + length, 0) !== frame.length) return false;
  const came = frames.map((each) => payloadOf(each).hex).join(' ');
  const went = payloadOf(frame).hex;
  return came.startsWith(went) || went.startsWith(came);
}

function takeOut(units: Unit[], holds: (unit: Unit, at: number) => boolean): Unit[] {
  const out = units.filter(holds);
  if (out.length > 0) units.splice(0, units.length, ...units.filter((unit) => !out.includes(unit)));
  return out;
}
