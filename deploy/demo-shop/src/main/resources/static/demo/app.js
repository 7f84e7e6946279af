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
let greeting = ''; // the shop's own
let counted = '0'; // the newest message of others, read or not: a log that comes again counts nothing twice
const opened = Date.now();
const mine = new Map(); // what was said on this page, by its own id
const said = new Map(); // what stands in the log of the user's, by its message id
const previews = new Map();
const talked = new Set(); // sessions in which the user said something
const LONGEST = 500; // characters as the suite counts them: of a rare one or an emoji this language counts two
const NEAR = 450;
const RATED = 20; // so many are remembered

const t = key => WORDS[lang][key];
const stateName = value => STATES[lang][value] ?? String(value ?? '').replaceAll('_', ' ');

function dress() {
  document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
  document.querySelectorAll('[data-i18n]').forEach(node => { node.textContent = t(node.dataset.i18n); });
  document.querySelectorAll('[data-i18n-label]').forEach(node => { node.setAttribute('aria-label', t(node.dataset.i18nLabel)); });
  presence();
  $('lang').textContent = t('other');
  $('text').placeholder = t('type_here');
  $('comment').placeholder = t('comment_here');
  $('stars').querySelectorAll('.heard').forEach((node, i) => { node.textContent = scoreWord(i + 1); });
  $('score').textContent = chosen() ? t('scores')[chosen() - 1] : '';
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
  $('presence').textContent = value !== 'online' || owner === 'bot' ? t(value)
    : owner === 'closed' ? t('finished') : owner === 'agent' ? `${agent} ${t('with_agent')}` : t('queued');
  $('end').hidden = !chat || owner === 'closed' || !talked.has(chat.session);
}

// What the shop says first stands in no log. Without a greeting of the shop's it is the page's own.
function greet() {
  const hello = $('hello');
  if (!hello) return;
  if (greeting) delete hello.dataset.i18n;
  else hello.dataset.i18n = 'hello';
  const text = greeting || t('hello');
  if (hello.textContent !== text) hello.textContent = text;
}

// -- the end of a session: asked, then rated if something was said in it

let farewell = null; // { sid, stage: 'ask' | 'rate' } while its panel is shown
let busy = false;

const chosen = () => Number(document.querySelector('#stars input:checked')?.value ?? 0);
const scoreWord = score => `${score} ${t('star')}, ${t('scores')[score - 1]}`;
const ratedOnes = () => JSON.parse(localStorage.getItem('rated') ?? '[]');
const characters = text => [...text].length;
const whole = text => text.toWellFormed?.() ?? text; // half a character is refused
const isOnline = () => $('chat').dataset.state === 'online';

function showFarewell(sid, stage) {
  const hadFocus = $('farewell').contains(document.activeElement);
  farewell = { sid, stage };
  busy = false;
  follow(() => {
    $('farewell').hidden = false;
    $('ending').hidden = stage !== 'ask';
    $('rating').hidden = stage !== 'rate';
  });
  put($('farewell-title'), stage === 'ask' ? 'end_ask' : 'rate_ask');
  put($('farewell-say'), '');
  $('rating').reset();
  $('score').textContent = '';
  $('comment').removeAttribute('aria-invalid');
  reachable();
  if (stage === 'ask') $('end-yes').focus();
  else if (hadFocus) $('stars').querySelector('input').focus(); // who types is left alone
}

function hideFarewell() {
  const hadFocus = $('farewell').contains(document.activeElement);
  const back = farewell?.stage === 'ask' && !$('end').hidden ? $('end') : $('text');
  farewell = null;
  busy = false;
  $('farewell').hidden = true;
  if (hadFocus) back.focus();
}

/** Puts a word of the page there, or none; the language may change later. */
function put(node, key) {
  node.dataset.i18n = key;
  node.textContent = key && t(key);
  if (!key) delete node.dataset.i18n;
}

// What cannot be done now says so, and keeps the focus.
function reachable() {
  if (!farewell) return;
  const say = $('farewell-say');
  const away = farewell.stage === 'ask' ? 'end_offline' : 'rate_offline';
  if (!isOnline()) put(say, away);
  else if (say.dataset.i18n?.endsWith('_offline')) put(say, '');
  for (const id of ['end-yes', 'rate']) $(id).setAttribute('aria-disabled', String(busy || !isOnline()));
}

async function whileBusy(act, failed) {
  const own = farewell;
  const by = chat;
  if (!own || busy || !isOnline()) return reachable();
  busy = true;
  reachable();
  put($('farewell-say'), '');
  const outcome = await act(by, own).catch(() => 'failed');
  if (farewell !== own) return; // it has gone on meanwhile
  busy = false;
  reachable();
  if (outcome === 'failed' && isOnline()) put($('farewell-say'), failed);
}

function submitRating() {
  const score = chosen();
  const comment = whole($('comment').value.trim());
  const tooLong = characters(comment) > LONGEST;
  $('comment').setAttribute('aria-invalid', String(tooLong));
  if (!isOnline()) return reachable();
  if (!score) {
    put($('farewell-say'), 'rate_first');
    return $('stars').querySelector('input').focus();
  }
  if (tooLong) {
    put($('farewell-say'), 'comment_too_long');
    return $('comment').focus();
  }
  whileBusy(async (by, { sid }) => {
    const taken = await by.rate(sid, score, comment);
    localStorage.setItem('rated', JSON.stringify([...ratedOnes(), sid].slice(-RATED)));
    if (farewell?.sid !== sid) return;
    hideFarewell();
    add(note(taken ? `${t('rated')} ${'★'.repeat(score)}${'☆'.repeat(5 - score)}` : t('rate_refused')));
  }, 'rate_failed');
}

// Whoever closed it. Where nothing was said, there is nothing to rate.
function finished(sid) {
  const asked = farewell?.sid === sid && farewell.stage === 'ask';
  if (talked.has(sid) && !ratedOnes().includes(sid)) {
    if (farewell?.sid !== sid || asked) showFarewell(sid, 'rate');
  } else if (asked) {
    hideFarewell();
  }
}

function empty() {
  for (const [id, each] of mine) if (each.messageId) mine.delete(id);
  said.clear();
  previews.clear();
  $('log').replaceChildren();
  const hello = bubble('', 'them');
  hello.id = 'hello';
  add(hello);
  greet();
  for (const each of mine.values()) add(each.node);
}

function show(message) {
  const { from, content, reply_to: replyTo, session_id: sid } = message.attributes;
  if (from.role === 'user') {
    talked.add(sid);
    presence();
    return heard(message, content);
  }
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
  talked.clear();
  hideFarewell();
  const me = buyer;
  const next = new Chat({ url: shop.chat_url, locale: lang, token: refused => (me ? buyerToken(me) : guestToken(refused)) });
  const on = (type, act) => next.addEventListener(type, event => { if (chat === next) act(event.detail); });
  chat = next;
  on('state', ({ value }) => {
    $('chat').dataset.state = value;
    typing(false);
    presence();
    reachable();
    if (value === 'ended') add(note(t('ended')));
    if (value === 'online' && guest) signIn();
  });
  on('greeting', ({ text }) => {
    greeting = text;
    greet();
  });
  on('owner', frame => {
    if (frame.owner === 'closed') finished(frame.sid);
    if (frame.sid !== next.session) return;
    owner = frame.owner;
    agent = frame.agent?.name ?? frame.agent?.id ?? '';
    typing(false);
    presence();
  });
  on('reset', empty);
  on('message', show);
  on('sent', frame => {
    talked.add(next.session);
    presence();
    sent(frame);
  });
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
  for (let score = 1; score <= 5; score++) {
    const label = document.createElement('label');
    label.innerHTML = `<input type="radio" name="score" value="${score}"><span aria-hidden="true">★</span><span class="heard"></span>`;
    $('stars').append(label);
  }
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
$('chat').onkeydown = event => {
  if (event.key !== 'Escape' || event.isComposing) return;
  if ($('farewell').contains(event.target)) hideFarewell();
  else toggle(false);
};
$('end').onclick = () => showFarewell(chat.session, 'ask');
$('end-no').onclick = hideFarewell;
$('end-yes').onclick = () => whileBusy((by, { sid }) => by.end(sid), 'end_failed');
$('rate-no').onclick = hideFarewell;
$('stars').onchange = () => {
  $('score').textContent = t('scores')[chosen() - 1];
  if ($('farewell-say').dataset.i18n === 'rate_first') put($('farewell-say'), '');
};
$('rating').onsubmit = event => {
  event.preventDefault();
  submitRating();
};
// Rated in another tab of this browser.
addEventListener('storage', event => {
  if (event.key === 'rated' && farewell && ratedOnes().includes(farewell.sid)) hideFarewell();
});
// What is too long is kept, marked and not sent; it is never cut.
function measure() {
  const length = characters($('text').value.trim());
  const over = length > LONGEST;
  $('length').textContent = length >= NEAR ? `${length} / ${LONGEST}` : '';
  $('text').setAttribute('aria-invalid', String(over));
  if (($('over').dataset.i18n === 'too_long') !== over) put($('over'), over ? 'too_long' : '');
  return over;
}
$('text').oninput = measure;
$('form').onsubmit = event => {
  event.preventDefault();
  const text = whole($('text').value.trim());
  if (!text || !chat || measure()) return;
  $('text').value = '';
  measure();
  say({ kind: 'text', text });
};
start();
