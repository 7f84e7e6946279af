// A client of Xiaoer's chat: one connection that is opened again, messages that are sent again until they are
// acknowledged, and a log without holes. It knows no page: see app.js for that.

const HEARTBEAT_MS = 25_000;
const RESEND_MS = 5_000; // doubled each time on one connection
const SILENCE_MS = 3_000; // after this nothing more is said before something is heard
const HANDSHAKE_MS = 30_000; // it may have to wait for its turn
const PATIENCE_MS = 10_000; // for a sign of life
const HELD = 500; // messages behind a hole; those after them are asked for again

export class Chat extends EventTarget {
  /**
   * @param {{url: string, token: (refused?: string) => Promise<string>, device?: string, locale?: string}} options
   *   url: the suite's address; token: asks the shop's backend (or the suite, for a guest) for a chat token, another
   *   than the one that was refused if there is such a one
   */
  constructor({ url, token, device = 'web', locale = 'zh' }) {
    super();
    this.url = url.replace(/\/$/, '');
    this.tokenOf = token;
    this.device = device;
    this.locale = locale;
    this.last = '0';
    this.held = []; // what came behind a hole
    this.asks = 0; // how many syncs are unanswered
    this.pending = new Map();
    this.tries = 0;
    this.closed = false;
  }

  async open() {
    if (this.closed) return;
    this.state('connecting');
    try {
      this.token = await this.tokenOf(this.refusedToken);
      await this.openSession();
    } catch (failure) {
      this.state('offline');
      return this.again();
    }
    if (this.closed) return;
    const socket = new WebSocket(`${this.url.replace(/^http/, 'ws')}/im?device=${this.device}`,
      ['xiaoer.v1', `bearer.${this.token}`]);
    this.socket = socket;
    this.unheard = Date.now();
    this.deadline = this.unheard + HANDSHAKE_MS;
    this.beat = setInterval(() => this.tick(), 1000);
    socket.onmessage = event => {
      this.unheard = 0;
      this.deadline = 0;
      this.frame(JSON.parse(event.data));
    };
    socket.onclose = event => this.ended(socket, event.code);
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  /** Sends a text or an action; resolves never by itself: listen to `sent` and `failed`. */
  send(content) {
    const id = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    this.pending.set(id, { content, due: 0, patience: RESEND_MS });
    if (!this.silent()) this.transmit(id);
    return id;
  }

  /** Makes what a guest said the user's: the token is the guest's, this chat the user's. True if that is done, or will not be. */
  async bind(guestToken) {
    const answer = await this.call('PATCH', `/${this.session}`, { guest_token: guestToken });
    return answer.ok || [400, 403, 404].includes(answer.status);
  }

  /** Closes a session; what is said next opens another. Throws if it is not known to be closed. */
  async end(sid) {
    const answer = await this.call('DELETE', `/${sid}`);
    if (answer.status !== 404 && !answer.ok) throw new Error(`close: ${answer.status}`);
    this.emit('owner', { sid, owner: 'closed' });
  }

  /** Rates a session, closed or not. False if it cannot be rated; throws if that is not known. */
  async rate(sid, score, comment) {
    const answer = await this.call('POST', `/${sid}/rating`, comment ? { score, comment } : { score });
    if (answer.ok || [400, 403, 404].includes(answer.status)) return answer.ok;
    throw new Error(`rating: ${answer.status}`);
  }

  /** Says what another chat was told and never got acknowledged, under the same ids: stored before, it is stored once. */
  adopt(other) {
    for (const [id, { content }] of other.pending) {
      this.pending.set(id, { content, due: 0, patience: RESEND_MS });
      if (!this.silent()) this.transmit(id);
    }
  }

  typing(on) {
    if (this.ready) this.write({ type: 'typing', sid: this.session, on });
  }

  // -- below: the protocol

  transmit(id) {
    const said = this.pending.get(id);
    if (this.ready && said) {
      said.due = Date.now() + said.patience;
      said.patience *= 2;
      this.write({ type: 'send', id, ts: Date.now() + (this.skew ?? 0), sid: this.session, content: said.content });
    }
  }

  write(frame) {
    this.unheard ||= Date.now();
    this.socket?.send(JSON.stringify(frame));
  }

  silent() {
    return this.unheard > 0 && Date.now() - this.unheard > SILENCE_MS;
  }

  /** Once a second: a sign of life is asked for, a dead connection given up, and what nobody acknowledged said again. */
  tick() {
    const now = Date.now();
    if (this.deadline && now > this.deadline) {
      const socket = this.socket;
      socket.close();
      this.ended(socket, 0);
    } else if (this.ready && !this.deadline && (this.silent() || now - this.pinged > HEARTBEAT_MS)) {
      this.pinged = now;
      this.deadline = now + PATIENCE_MS;
      this.write({ type: 'ping' });
    } else if (this.ready && !this.silent()) {
      for (const [id, said] of this.pending) if (said.due <= now) this.transmit(id);
    }
  }

  ended(socket, code) {
    if (this.socket !== socket) return;
    clearInterval(this.beat);
    this.socket = null;
    this.held = [];
    this.asks = 0;
    this.state(code < 4500 ? 'offline' : 'ended');
    if (code === 4002) {
      this.last = '0';
      this.emit('reset', {});
    }
    if (code < 4500) this.again();
  }

  frame(frame) {
    switch (frame.type) {
      case 'welcome':
        this.tries = 0;
        this.ready = true;
        this.state('online');
        this.ask();
        this.pinged = Date.now();
        for (const [id, said] of this.pending) {
          said.patience = RESEND_MS;
          this.transmit(id);
        }
        break;
      case 'message':
        this.take(frame.data);
        break;
      case 'ack':
        this.pending.delete(frame.id);
        this.emit('sent', frame);
        break;
      case 'pong':
        if (above(frame.last, this.last)) this.ask();
        break;
      case 'synced':
        this.synced(frame);
        break;
      case 'error':
        this.refused(frame);
        break;
      case 'state': // who owns the session: `state` is what the connection is in
        this.emit('owner', frame);
        break;
      default:
        this.emit(frame.type, frame);
    }
  }

  take(message) {
    if (!above(message.id, this.last)) return;
    if (above(message.attributes.prev, this.last)) {
      if (this.held.length === 0) this.ask();
      if (this.held.length < HELD) this.held.push(message);
      return;
    }
    this.handOver(message);
  }

  handOver(message) {
    this.last = message.id;
    this.emit('message', message);
  }

  ask() {
    this.asks++;
    this.askedAfter = this.last;
    this.write({ type: 'sync', after: this.last });
  }

  /** The suite has handed over all that it has: what still stands behind a hole is shown, for nothing will fill it. */
  synced(frame) {
    this.asks = Math.max(0, this.asks - 1);
    if (this.asks > 0) return;
    for (const message of this.held.splice(0).sort((a, b) => (above(a.id, b.id) ? 1 : -1))) {
      if (above(message.id, this.last)) this.handOver(message);
    }
    // What the suite says it has and did not bring is left to the next `pong`.
    if (above(frame.last, this.last) && this.last !== this.askedAfter) this.ask();
  }

  async refused(frame) {
    const said = frame.id && this.pending.get(frame.id);
    if (frame.server_time) this.skew = frame.server_time - Date.now();
    if (!frame.id) this.asks = Math.max(0, this.asks - 1);
    if (said && frame.code === 'closed') {
      said.due = Date.now() + said.patience;
      if (!await this.openSession().catch(() => null)) return; // said again when it is due
      this.transmit(frame.id);
    } else if (said && frame.retryable) {
      said.due = Date.now() + 1000 * (frame.retry_after ?? 2);
      this.emit('delayed', frame);
    } else if (frame.id) {
      this.pending.delete(frame.id);
      this.emit('failed', frame);
    }
  }

  async openSession() {
    const answer = await this.call('POST', '', { device: this.device, locale: this.locale });
    this.refusedToken = answer.status === 401 || answer.status === 403 ? this.token : undefined;
    if (!answer.ok) throw new Error(`session: ${answer.status}`);
    const { data: { id, attributes }, meta } = await answer.json();
    const before = this.session;
    this.session = id;
    this.emit('greeting', { text: meta?.greeting ?? '' });
    if (before && before !== id) this.emit('owner', { sid: before, owner: 'closed' }); // while nobody was told
    this.emit('owner', { sid: id, ...attributes });
    return id;
  }

  call(method, path, body) {
    return fetch(`${this.url}/api/v1/bot/sessions${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.token}` },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(HANDSHAKE_MS),
    });
  }

  again() {
    if (this.closed) return;
    this.ready = false;
    const most = Math.min(20_000, 500 * 2 ** this.tries++);
    this.timer = setTimeout(() => this.open(), most / 2 + Math.random() * most / 2);
  }

  state(value) {
    if (value !== 'online') this.ready = false;
    this.emit('state', { value });
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

/** Orders ids: by length, then by bytes. */
export function above(a, b) {
  return a.length === b.length ? a > b : a.length > b.length;
}
