// Drives a Colyseus server: node colyseus_driver.mjs ADDRESS SESSIONS SEATS SECONDS EVERY_S
import { createRequire } from 'node:module';
import { told, step, drive } from './driving.mjs';
const require = createRequire(process.cwd() + '/');
const { Client } = require('@colyseus/sdk');
const { address, workload } = told();
const client = new Client(address);

await step('made'); // rooms come about when they are joined
const seats = [];
for (let session = 0; session < workload.sessions; session += 1) {
  for (let seat = 0; seat < workload.seats; seat += 1) {
    const room = await client.joinOrCreate('bench', { table: session });
    let waiting = null;
    let count = 0;
    room.onMessage('acked', (id) => {
      if (waiting && waiting.id === id) waiting.done();
    });
    seats.push((guns) => new Promise((done) => {
      count += 1;
      waiting = { id: count, done };
      room.send('budget', { id: count, guns });
    }));
  }
}
await step('connected');
await drive(seats, workload);
