// A boardgame.io server whose players may all move at any time; a move replaces the player's sealed figure.
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/');
const { Server } = require('boardgame.io/server');
const { ActivePlayers } = require('boardgame.io/core');

const game = {
  name: 'bench',
  setup: ({ ctx }) => ({ sealed: Array(ctx.numPlayers).fill(0), count: Array(ctx.numPlayers).fill(0) }),
  playerView: ({ G, playerID }) => ({ count: G.count, own: G.sealed[Number(playerID)] }),
  turn: { activePlayers: ActivePlayers.ALL },
  moves: {
    budget: {
      move: ({ G, playerID }, guns) => {
        G.sealed[Number(playerID)] = guns;
        G.count[Number(playerID)] += 1;
      },
      client: false,
      ignoreStaleStateID: true,
    },
  },
};

const server = Server({ games: [game], origins: ['*'] });
// The lobby has a port of its own: on the game's port its routes are not found with the versions of Koa that are installed today.
const api = Number(process.argv[2]);
const running = await server.run({ port: 0, lobbyConfig: { apiPort: api } });
console.log(`Listening on http://127.0.0.1:${running.appServer.address().port}/?api=${api}`);
