// What the drivers of Node's servers share: the workload as it is told, the steps, the speaking and the report.
import readline from 'node:readline';

const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();

export const told = () => {
  const [address, sessions, seats, seconds, every] = process.argv.slice(2);
  return { address, workload: { sessions: Number(sessions), seats: Number(seats), seconds: Number(seconds), every: Number(every) } };
};

export const step = async (word) => {
  console.log(word);
  await lines.next();
};

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, Math.max(0, ms)); });

// Each seat is a function that sends a figure and resolves once it was answered.
export const drive = async (seats, workload) => {
  const waits = [];
  const began = performance.now();
  const end = began + 1000 * workload.seconds;
  const speak = async (send) => {
    let next = performance.now() + Math.random() * 1000 * workload.every;
    for (let number = 1; ; number += 1) {
      if (workload.every) {
        await pause(next - performance.now());
        next += 1000 * workload.every;
      }
      const sent = performance.now();
      if (sent > end) return;
      await send((number % 200) / 1000);
      waits.push(performance.now() - sent);
    }
  };
  await Promise.all(seats.map(speak));
  const seconds = (performance.now() - began) / 1000;
  waits.sort((one, other) => one - other);
  const at = (share) => waits[Math.floor(waits.length * share)] ?? 0;
  console.log(JSON.stringify({ answers: waits.length, seconds, p50_ms: at(0.5), p99_ms: at(0.99) }));
  await lines.next();
  process.exit(0);
};
