// A client of Xiaoer's chat: one connection that is opened again, messages that are sent again until they are
// acknowledged, and a log without holes. It knows no page: see app.js for that.

const HEARTBEAT_MS = 25_000;

export class Chat extends EventTarget {
  /**
   * @param {{url: string, token: () => Promise<string>, device?: string, locale?: string}} options
   *   url: the suite's address; token: asks the shop's backend (or the suite, for a guest) for a chat token
   */
  constructor({ url, token, device = 'web', locale = 'zh' }) {
    super();
    this.url = url.replace(/\/$/, '');
    this.tokenOf = token;
    this.device = device;
    this.locale = locale;
    this.last = '0';
    this.pending = new Map();
    this.tries = 0;
    this.closed = false;
  }

  async open() {
    if (this.closed) return;
    this.state('connecting');
    try {
      this.token = await this.tokenOf();
      this.session = await this.openSession();
    } catch (failure) {
      this.state('offline');
      return this.again();
    }
    const socket = new WebSocket(`${this.url.replace(/^http/, 'ws')}/im?device=${this.device}`,
      ['xiaoer.v1', `bearer.${this.token}`]);
    this.socket = socket;
    socket.onmessage = event => this.frame(JSON.parse(event.data));
    socket.onclose = event => {
      clearInterval(this.heart);
      if (this.socket !== socket) return;
      this.socket = null;
      this.state('offline');
      if (event.code === 4002) this.last = '0';
      if (event.code < 4500) this.again();
    };
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket?.close();
  }

  /** Sends a text or an action; resolves never by itself: listen to `sent` and `failed`. */
  send(content) {
    const id = crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random().toString(36).slice(2)}`;
    this.pending.set(id, content);
    this.transmit(id);
    return id;
  }

  typing(on) {
    if (this.ready) this.write({ type: 'typing', sid: this.session, on });
  }

  // -- below: the protocol

  transmit(id) {
    if (this.ready) {
      this.write({ type: 'send', id, ts: Date.now() + (this.skew ?? 0), sid: this.session, content: this.pending.get(id) });
    }
  }

  write(frame) {
    this.socket?.send(JSON.stringify(frame));
  }

  frame(frame) {
    switch (frame.type) {
      case 'welcome':
        this.tries = 0;
        this.ready = true;
        this.state('online');
        this.write({ type: 'sync', after: this.last });
        for (const id of this.pending.keys()) this.transmit(id);
        this.heart = setInterval(() => this.write({ type: 'ping' }), HEARTBEAT_MS);
        break;
      case 'message':
        this.take(frame.data);
        break;
      case 'ack':
        this.pending.delete(frame.id);
        this.emit('sent', frame);
        break;
      case 'pong':
      case 'synced':
        if (above(frame.last, this.last)) this.write({ type: 'sync', after: this.last });
        break;
      case 'error':
        this.refused(frame);
        break;
      default:
        this.emit(frame.type, frame);
    }
  }

  take(message) {
    if (!above(message.id, this.last)) return;
    if (above(message.attributes.prev, this.last)) {
      this.write({ type: 'sync', after: this.last });
      return;
    }
    this.last = message.id;
    this.emit('message', message);
  }

  async refused(frame) {
    const content = frame.id && this.pending.get(frame.id);
    if (content && frame.code === 'closed') {
      this.session = await this.openSession();
      this.transmit(frame.id);
    } else if (content && frame.retryable) {
      setTimeout(() => this.transmit(frame.id), 1000 * (frame.retry_after ?? 2));
      this.emit('delayed', frame);
    } else if (frame.id) {
      this.pending.delete(frame.id);
      this.emit('failed', frame);
    }
  }

  async openSession() {
    const answer = await fetch(`${this.url}/api/v1/bot/sessions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ device: this.device, locale: this.locale }),
    });
    if (!answer.ok) throw new Error(`session: ${answer.status}`);
    return (await answer.json()).data.id;
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
