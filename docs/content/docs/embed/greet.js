// Greets who asks by name, and refuses one.
var name = context.get('request.headers.X-Name') || 'stranger';
if (name === 'Mallory') {
  console.warn('%s is not welcome here', name);
  context.set('message.status.code', 403);
} else {
  context.set('message.headers.X-Greeting', 'Hello, ' + name);
}
