// A Colyseus server with a room whose clients seal a figure each; the figure is kept in the room's memory and answered to its sender.
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/');
const { Room, Server } = require('@colyseus/core');
const { WebSocketTransport } = require('@colyseus/ws-transport');
const { schema, MapSchema } = require('@colyseus/schema');

const State = schema({ count: { map: 'number' } });

class Bench extends Room {
  onCreate() {
    this.maxClients = 64;
    this.autoDispose = false;
    this.sealed = new Map();
    const state = new State();
    state.count = new MapSchema();
    this.state = state;
    this.onMessage('budget', (client, { id, guns }) => {
      this.sealed.set(client.sessionId, guns);
      this.state.count.set(client.sessionId, (this.state.count.get(client.sessionId) ?? 0) + 1);
      client.send('acked', id);
    });
  }
}

const port = Number(process.argv[2]);
const server = new Server({ transport: new WebSocketTransport({ pingInterval: 20000 }), greet: false });
server.define('bench', Bench).filterBy(['table']);
await server.listen(port, '127.0.0.1');
console.log(`Listening on http://127.0.0.1:${port}`);
