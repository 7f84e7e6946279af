import { Chat, above } from './chat.js';
import { WORDS, STATES } from './words.js';
import { cardNode, optionNodes, hasOwnButtons } from './cards.js';

const $ = id => document.getElementById(id);
const GOODS = [
  ['水杯', 'Water bottle', '玻璃 · 1000ml', 'Glass · 1000ml', '$47.84', '#d7e6df', '<path d="M84 30h32v16l10 14v86a12 12 0 0 1-12 12H86a12 12 0 0 1-12-12V60l10-14z" fill="#2d6b55"/><path d="M74 96h52v40H74z" fill="#8fbfa9"/>'],
  ['滑板', 'Skateboard', '竹制 · 31 寸', 'Bamboo · 31 inch', '$195.15', '#f6e3c2', '<path d="M30 78q70 26 140 0l-8 18q-62 22-124 0z" fill="#c98a23"/><circle cx="62" cy="112" r="12" fill="#1d2a26"/><circle cx="138" cy="112" r="12" fill="#1d2a26"/>'],
  ['运动相机', 'Action camera', '5K · 防水', '5K · waterproof', '$497.39', '#e4e3ee', '<rect x="46" y="50" width="108" height="76" rx="14" fill="#3d4257"/><circle cx="112" cy="88" r="26" fill="#8f97b8"/><circle cx="112" cy="88" r="12" fill="#1d2a26"/><rect x="58" y="62" width="22" height="14" rx="4" fill="#e9b75a"/>'],
  ['办公椅', 'Office chair', '织物 · 黑', 'Fabric · black', '$488.81', '#f1dcd6', '<rect x="70" y="24" width="60" height="66" rx="14" fill="#a63d2f"/><rect x="60" y="94" width="80" height="18" rx="9" fill="#7d2c22"/><path d="M96 112h8v26h28v8H68v-8h28z" fill="#1d2a26"/>'],
];

let lang = localStorage.getItem('lang') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
let shop;
let chat;
let buyer = sessionStorage.getItem('buyer') ?? '';
let unread = 0;
let owner = 'bot';
let agent = '';
let guest = null; // the chat of a guest who logs in, until what was said there is the user's
let hurried = null; // the word that one was too fast, while it stands
let counted = '0'; // the newest message of others, read or not: a log that comes again counts nothing twice
const opened = Date.now();
const mine = new Map(); // what was said on this page, by its own id
const said = new Map(); // what stands in the log of the user's, by its message id
const previews = new Map();

const t = key => WORDS[lang][key];
const stateName = value => STATES[lang][value] ?? String(value ?? '').replaceAll('_', ' ');

function dress() {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.querySelectorAll('[data-i18n]').forEach(node => { node.textContent = t(node.dataset.i18n); });
  document.querySelectorAll('[data-i18n-label]').forEach(node => { node.setAttribute('aria-label', t(node.dataset.i18nLabel)); });
  presence();
  $('lang').textContent = t('other');
  $('text').placeholder = t('type_here');
  $('hints').replaceChildren(...t('hints').map(text => button(text, () => say({ kind: 'text', text }))));
  $('grid').innerHTML = GOODS.map(([zh, en, zhSub, enSub, price, back, art]) => `<article class="item">
    <svg viewBox="0 0 200 170" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><rect width="200" height="170" fill="${back}"/>${art}</svg>
    <div><b>${lang === 'zh' ? zh : en}</b><small>${lang === 'zh' ? zhSub : enSub}</small><em>${price}</em></div></article>`).join('');
}

function button(text, press) {
  const node = document.createElement('button');
  node.type = 'button';
  node.textContent = text;
  node.onclick = press;
  return node;
}

// What a button gives goes back as it came; its label is what the shopper is seen to say. A double click is one.
function press(option, text) {
  const node = button(text, () => {
    node.disabled = true;
    setTimeout(() => { node.disabled = false; }, 1500);
    say({ kind: 'action', payload: option.payload, label: option.label });
  });
  return node;
}

// What is not in the log yet stands last: it gets its place there when it comes back as a message.
function add(node) {
  const log = $('log');
  const next = node.dataset.unsent ? null : log.querySelector('[data-unsent]');
  follow(() => { if (!node.isConnected || node.nextSibling !== next) log.insertBefore(node, next); });
  if (node.dataset.unsent) log.scrollTop = log.scrollHeight;
  return node;
}

// Who has scrolled up to read is left there.
function follow(change) {
  const log = $('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80;
  change();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

function bubble(text, kind) {
  const node = document.createElement('div');
  node.className = `msg ${kind}`;
  node.textContent = text;
  return node;
}

function picture(url, kind) {
  const node = document.createElement('img');
  node.className = `msg picture ${kind}`;
  node.src = url;
  node.alt = t('picture');
  return node;
}

function note(text) {
  const node = document.createElement('div');
  node.className = 'note';
  node.textContent = text;
  return node;
}

function typing(on) {
  document.querySelector('.msg.typing')?.remove();
  if (on) add(bubble('', 'them typing'));
}

// What is shown of an answer before it is there: dots, a word of patience, a preview while a model writes.
function settle(replyTo) {
  typing(false);
  previews.get(replyTo)?.forEach(node => node.remove());
  previews.delete(replyTo);
}

function preview(replyTo, kind, make) {
  const shown = previews.get(replyTo) ?? new Map();
  previews.set(replyTo, shown);
  typing(false);
  if (!shown.has(kind)) shown.set(kind, add(make()));
  return shown.get(kind);
}

function written({ reply_to: replyTo, text }) {
  const node = preview(replyTo, 'delta', () => bubble('', 'them preview'));
  follow(() => { node.textContent += text; });
}

function presence() {
  const value = $('chat').dataset.state ?? 'offline';
  $('presence').textContent = value !== 'online' || owner === 'bot' || owner === 'closed' ? t(value)
    : owner === 'agent' ? `${agent} ${t('with_agent')}` : t('queued');
}

function empty() {
  for (const [id, each] of mine) if (each.messageId) mine.delete(id);
  said.clear();
  previews.clear();
  $('log').replaceChildren();
  const hello = bubble(t('hello'), 'them');
  hello.dataset.i18n = 'hello';
  add(hello);
  for (const each of mine.values()) add(each.node);
}

function show(message) {
  const { from, content, reply_to: replyTo } = message.attributes;
  if (from.role === 'user') return heard(message, content);
  typing(false);
  if (replyTo) settle(replyTo);
  count(message);
  if (content.kind === 'notice') return add(note(content.text));
  const card = content.kind === 'card' ? cardNode(content, t, stateName, press) : null;
  const options = content.options?.length && !hasOwnButtons(content) ? optionNodes(content.options, t, stateName, press) : null;
  const parts = [
    content.text && bubble(content.text, 'them'),
    content.prompt && bubble(content.prompt, 'them'),
    content.kind === 'image' && picture(content.url, 'them'),
    card,
    options,
  ].filter(Boolean);
  (parts.length ? parts : [note(t('not_shown'))]).forEach(add);
}

function count(message) {
  if (new Date(message.attributes.sent_at) <= opened || !above(message.id, counted)) return;
  counted = message.id;
  if (!$('chat').hidden) return;
  $('unread').textContent = String(++unread);
  $('unread').hidden = false;
}

// What the user said, here or on another device. It can come before its acknowledgement: then it is taken for what
// was said here in the same words.
function heard(message, content) {
  if (content.kind === 'image') return said.set(message.id, add(picture(content.url, 'me')));
  const label = content.text ?? content.label;
  const all = [...mine.values()];
  const own = all.find(each => each.messageId === message.id) ?? all.find(each => !each.messageId && each.label === label);
  const node = own?.node ?? bubble(label, 'me');
  if (own) own.messageId = message.id;
  if (node.textContent !== label) node.textContent = label;
  settled(node);
  said.set(message.id, add(node));
}

function settled(node) {
  node.classList.remove('wait');
  delete node.dataset.unsent;
}

// Whatever was taken for it before: the acknowledgement tells which message it is.
function sent({ id, message_id: messageId }) {
  const own = mine.get(id);
  if (!own) return;
  const there = said.get(messageId);
  if (there && there !== own.node && !own.messageId) own.node.remove();
  if (!there && own.messageId && own.messageId !== messageId) own.node = unsent(own.label);
  own.node = there ?? own.node;
  own.messageId = messageId;
  own.node.classList.remove('wait');
}

function unsent(label) {
  const node = bubble(label, 'me wait');
  node.dataset.unsent = 'true';
  return add(node);
}

function say(content) {
  if (!chat) return;
  const label = content.text ?? content.label;
  const node = unsent(label);
  mine.set(chat.send(content), { node, label });
}

async function guestToken(refused) {
  const known = JSON.parse(localStorage.getItem('guest') ?? 'null');
  const fresh = known && known.token !== refused && known.until > Date.now() + 60_000;
  if (fresh) return known.token;
  const answer = await fetch(`${shop.chat_url}/api/v1/bot/guest-tokens`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(known ? { Authorization: `Bearer ${known.token}` } : {}) },
    body: JSON.stringify({ shop_id: shop.shop_id, device_id: 'demo-page' }),
  });
  if (!answer.ok) {
    if (answer.status === 401 || answer.status === 403) localStorage.removeItem('guest');
    throw new Error(`guest: ${answer.status}`);
  }
  const { token, expires_in: life } = (await answer.json()).data.attributes;
  localStorage.setItem('guest', JSON.stringify({ token, until: Date.now() + life * 1000 }));
  return token;
}

async function buyerToken(userId) {
  const answer = await fetch('/demo/api/login', {
    method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ user_id: userId }),
  });
  if (!answer.ok) throw new Error(`login: ${answer.status}`);
  return (await answer.json()).token;
}

function connect() {
  chat?.close();
  for (const id of mine.keys()) if (!guest?.pending.has(id)) mine.delete(id);
  empty();
  owner = 'bot';
  const me = buyer;
  const next = new Chat({ url: shop.chat_url, locale: lang, token: refused => (me ? buyerToken(me) : guestToken(refused)) });
  const on = (type, act) => next.addEventListener(type, event => { if (chat === next) act(event.detail); });
  chat = next;
  on('state', ({ value }) => {
    $('chat').dataset.state = value;
    typing(false);
    presence();
    if (value === 'ended') add(note(t('ended')));
    if (value === 'online' && guest) signIn();
  });
  on('owner', frame => {
    owner = frame.owner;
    agent = frame.agent?.name ?? frame.agent?.id ?? '';
    typing(false);
    presence();
  });
  on('reset', empty);
  on('message', show);
  on('sent', sent);
  on('failed', error => {
    const own = mine.get(error.id);
    if (own) {
      settled(own.node);
      own.node.classList.add('failed');
    }
    add(note(`${t('failed')}: ${error.title}`));
  });
  on('delayed', frame => {
    if (frame.code !== 'rate_limited' || hurried) return;
    hurried = add(note(frame.title));
    setTimeout(() => { hurried.remove(); hurried = null; }, 1000 * (frame.retry_after ?? 5));
  });
  on('typing', frame => { if (frame.from !== 'user') typing(frame.on !== false); }); // the user's own: another device
  on('thinking', frame => preview(frame.reply_to, 'thinking', () => note(t('thinking'))));
  on('delta', written);
  on('announcement', frame => add(note(frame.text)));
  next.open();
}

// A guest who logs in keeps what was said: the page has the tokens of both. What was never acknowledged is said after
// that, when the suite knows its id again.
async function signIn() {
  const before = guest;
  const mineNow = chat;
  const known = JSON.parse(localStorage.getItem('guest') ?? 'null');
  guest = null;
  if (known && !(await mineNow.bind(known.token).catch(() => false))) {
    if (chat !== mineNow) return;
    guest = before;
    setTimeout(() => { if (chat === mineNow && guest) signIn(); }, 2000);
    return;
  }
  if (known) localStorage.removeItem('guest');
  mineNow.adopt(before);
}

function toggle(open) {
  $('chat').hidden = !open;
  $('bubble').setAttribute('aria-expanded', String(open));
  if (open) {
    unread = 0;
    $('unread').hidden = true;
    $('log').scrollTop = $('log').scrollHeight;
    $('text').focus();
  } else {
    $('bubble').focus();
  }
}

async function start() {
  dress();
  for (let tries = 0; !shop; tries++) {
    const answer = await fetch('/demo/api/shop').catch(() => null);
    if (answer?.ok) shop = await answer.json();
    else await new Promise(done => setTimeout(done, Math.min(5000, 500 * 2 ** tries)));
  }
  for (const id of shop.buyers) $('buyer').add(new Option(id, id));
  if (buyer && !shop.buyers.includes(buyer)) $('buyer').add(new Option(buyer, buyer));
  $('buyer').value = buyer;
  connect();
}

$('lang').onclick = () => {
  lang = lang === 'zh' ? 'en' : 'zh';
  localStorage.setItem('lang', lang);
  dress();
};
$('buyer').onchange = event => {
  guest = !buyer && document.querySelector('.msg.me') ? chat : null;
  buyer = event.target.value;
  sessionStorage.setItem('buyer', buyer);
  connect();
};
$('bubble').onclick = () => toggle($('chat').hidden);
$('ask').onclick = () => toggle(true);
$('close').onclick = () => toggle(false);
$('chat').onkeydown = event => { if (event.key === 'Escape' && !event.isComposing) toggle(false); };
$('form').onsubmit = event => {
  event.preventDefault();
  const text = $('text').value.trim();
  if (!text || !chat) return;
  $('text').value = '';
  say({ kind: 'text', text });
};
start();
