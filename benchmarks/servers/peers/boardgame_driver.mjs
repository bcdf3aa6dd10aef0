// Drives a boardgame.io server: node boardgame_driver.mjs ADDRESS SESSIONS SEATS SECONDS EVERY_S
import { createRequire } from 'node:module';
import { told, step, drive } from './driving.mjs';
const require = createRequire(process.cwd() + '/');
const { io } = require('socket.io-client');
const { address: both, workload } = told();
const address = new URL(both).origin;
const lobby = `http://127.0.0.1:${new URL(both).searchParams.get('api')}`;

const post = async (path, body) =>
  (await fetch(lobby + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();

const places = [];
for (let session = 0; session < workload.sessions; session += 1) {
  const { matchID } = await post('/games/bench/create', { numPlayers: workload.seats });
  for (let seat = 0; seat < workload.seats; seat += 1) {
    const { playerCredentials } = await post(`/games/bench/${matchID}/join`, { playerID: String(seat), playerName: 'x' });
    places.push({ matchID, playerID: String(seat), credentials: playerCredentials });
  }
}
await step('made');

const seated = ({ matchID, playerID, credentials }) =>
  new Promise((resolve) => {
    const socket = io(`${address}/bench`, { transports: ['websocket'], forceNew: true });
    let stateID = 0;
    let waiting = null;
    let count = 0;
    const look = (state) => {
      stateID = Math.max(stateID, state._stateID);
      if (waiting && state.G.count[Number(playerID)] >= waiting.count) {
        const { done } = waiting;
        waiting = null;
        done();
      }
    };
    socket.on('sync', (_, info) => {
      look(info.state);
      resolve((guns) => new Promise((done) => {
        count += 1;
        waiting = { count, done };
        const payload = { type: 'budget', args: [guns], playerID, credentials };
        socket.emit('update', { type: 'MAKE_MOVE', payload }, stateID, matchID, playerID);
      }));
    });
    socket.on('update', (_, state) => look(state));
    socket.on('connect', () => socket.emit('sync', matchID, playerID, credentials, workload.seats));
  });
const seats = [];
for (const place of places) seats.push(await seated(place));
await step('connected');
await drive(seats, workload);
