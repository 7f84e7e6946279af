// One node of a chat as Socket.IO's documentation builds one: a message is stored before it is acknowledged, a message
// that comes twice is stored once, everybody in its room gets it, and who was away gets what was said meanwhile.
import { createServer } from "node:http";
import { createAdapter } from "@socket.io/redis-streams-adapter";
import { createClient } from "redis";
import { Server } from "socket.io";

const RECOVERABLE_MS = 2 * 60 * 1000;

// The place in the room's list is the message's id. What the client called it tells whether it is there already.
const STORE = `
local known = redis.call('HGET', KEYS[2], ARGV[1])
if known then
  return {tonumber(known), 0}
end
local id = redis.call('RPUSH', KEYS[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[1], id)
return {id, 1}`;

const messages = (room) => `messages:${room}`;
const clients = (room) => `clients:${room}`;

const redis = createClient({ url: process.env.REDIS_URL });
redis.on("error", (error) => console.error(error.message));
await redis.connect();
const script = await redis.scriptLoad(STORE);

const http = createServer();
const io = new Server(http, {
  adapter: createAdapter(redis),
  connectionStateRecovery: { maxDisconnectionDuration: RECOVERABLE_MS, skipMiddlewares: true },
  serveClient: false,
  transports: ["websocket"],
});

async function store(room, client, text) {
  const [id, fresh] = await redis.evalSha(script, {
    keys: [messages(room), clients(room)],
    arguments: [client, text],
  });
  return { id: Number(id), fresh: Number(fresh) === 1 };
}

async function catchUp(socket, room, offset) {
  const missed = await redis.lRange(messages(room), offset, -1);
  missed.forEach((text, at) => socket.emit("message", { room, id: offset + at + 1, text }));
}

io.on("connection", async (socket) => {
  socket.on("say", async ({ room, client, text }, done) => {
    try {
      const { id, fresh } = await store(room, client, text);
      if (fresh) {
        io.to(room).emit("message", { room, id, text });
      }
      done({ client, id });
    } catch (error) {
      // Without an acknowledgement the client says it again.
      console.error(error.message);
    }
  });

  const { rooms = [], offsets = {} } = socket.handshake.auth;
  socket.join(rooms);
  if (!socket.recovered) {
    for (const [room, offset] of Object.entries(offsets)) {
      await catchUp(socket, room, offset);
    }
  }
});

http.listen(Number(process.env.PORT), "127.0.0.1");

process.on("SIGTERM", () => process.exit(0));
