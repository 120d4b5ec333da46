// node:http that answers a constant: ANSWER.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';

const { PORT, ANSWER } = process.env;
const answer = ANSWER ?? '{}';
createServer((_, response) => {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(answer));
  response.end(answer);
}).listen(Number(PORT), '127.0.0.1');
