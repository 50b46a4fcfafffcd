// Node's own console, whose lines a test gets.
import { Console } from 'node:console';
import { Writable } from 'node:stream';

/** `print` gets each call's text, of standard output and of standard error, without its line end. */
export function nodeConsole(print: (text: string) => void): Console {
  const stream = new Writable({
    write(chunk, _encoding, done) {
      print(String(chunk).replace(/\n$/, ''));
      done();
    },
  });
  return new Console(stream, stream);
}
