// Shows the two documents. Nothing here is fetched from elsewhere, and nothing of a document is taken as markup.

const VERBS = ['get', 'post', 'put', 'patch', 'delete'];
const DEEPEST = 6;

function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

// `code` and **bold** within a line.
function inline(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).filter(Boolean).map(part => {
    if (part.startsWith('`')) return el('code', {}, part.slice(1, -1));
    if (part.startsWith('**')) return el('strong', {}, part.slice(2, -2));
    return part;
  });
}

function prose(text) {
  return (text ?? '').trim().split(/\n\s*\n/).filter(Boolean).map(paragraph => el('p', {}, inline(paragraph)));
}

function resolve(root, thing) {
  let at = thing;
  for (let hops = 0; at && at.$ref && hops < 10; hops++) {
    const found = at.$ref.slice(2).split('/').reduce(
      (place, step) => place?.[step.replaceAll('~1', '/').replaceAll('~0', '~')], root);
    const { $ref, ...beside } = at;
    at = { ...found, ...beside, $name: $ref.split('/').pop() };
  }
  return at ?? {};
}

function bounds(schema) {
  const told = [];
  if (schema.const !== undefined) told.push(`“${schema.const}”`);
  if (schema.enum && schema.enum.length <= 14) told.push(schema.enum.join(' | '));
  if (schema.format) told.push(schema.format);
  if (schema.pattern) told.push(schema.pattern);
  const range = (least, most, what) => {
    if (least !== undefined || most !== undefined) told.push(`${least ?? ''}…${most ?? ''}${what}`);
  };
  range(schema.minimum, schema.maximum, '');
  range(schema.minLength, schema.maxLength, ' characters');
  range(schema.minItems, schema.maxItems, ' items');
  if (schema.default !== undefined) told.push(`default ${JSON.stringify(schema.default)}`);
  return told.join(' · ');
}

function typeOf(root, schema) {
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.type === 'array') {
    const item = resolve(root, schema.items ?? {});
    return `list of ${item.$name ?? typeOf(root, item)}`;
  }
  if (schema.const !== undefined) return '';
  if (schema.oneOf) return 'one of';
  if (schema.anyOf) return schema.anyOf.map(each => typeOf(root, resolve(root, each))).join(' or ');
  return schema.$name ?? schema.type ?? (schema.properties ? 'object' : 'any');
}

function merged(root, schema) {
  const whole = resolve(root, schema);
  if (!whole.allOf) return whole;
  return whole.allOf.map(each => merged(root, each)).reduce((sum, each) => ({
    ...sum, ...each,
    properties: { ...sum.properties, ...each.properties },
    required: [...(sum.required ?? []), ...(each.required ?? [])],
  }), whole);
}

function tree(root, schema, depth = 0) {
  const whole = merged(root, schema);
  if (depth > DEEPEST) return null;
  if (whole.type === 'array' && whole.items) return tree(root, whole.items, depth + 1);
  if (whole.oneOf && !whole.properties) {
    return el('ul', { class: 'tree' }, whole.oneOf.map(each => {
      const one = resolve(root, each);
      return line(root, one.$name ?? typeOf(root, one), one, false, depth);
    }));
  }
  if (!whole.properties) return null;
  const must = new Set(whole.required ?? []);
  return el('ul', { class: 'tree' },
    Object.entries(whole.properties).map(([name, part]) => line(root, name, part, must.has(name), depth)));
}

function line(root, name, part, must, depth) {
  const whole = merged(root, part);
  const head = [
    el('code', {}, name), ' ',
    el('span', { class: 'type' }, [typeOf(root, whole), bounds(whole)].filter(Boolean).join(' · ')),
    must ? el('span', { class: 'must' }, ' required') : null,
    whole.description ? [' ', el('span', {}, inline(whole.description.trim()))] : null,
  ].flat();
  const inner = tree(root, part, depth + 1);
  if (!inner) return el('li', {}, head);
  const details = el('details', {}, el('summary', {}, head), inner);
  details.open = depth < 2;
  return el('li', {}, details);
}

function example(value) {
  return el('pre', {}, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
}

function content(root, body) {
  return Object.entries(body.content ?? {}).flatMap(([media, { schema }]) => {
    const whole = merged(root, schema);
    return [
      el('p', { class: 'type' }, el('code', {}, media), whole.$name ? ` ${whole.$name}` : ''),
      tree(root, schema),
      ...(whole.examples ?? []).map(example),
    ];
  });
}

function parameters(root, list) {
  if (list.length === 0) return [];
  return [el('h4', {}, 'Parameters'), el('table', {}, el('tbody', {}, list.map(each => {
    const one = resolve(root, each);
    const schema = resolve(root, one.schema ?? {});
    return el('tr', {},
      el('td', {}, el('code', {}, one.name), one.required ? el('span', { class: 'must' }, ' required') : null),
      el('td', { class: 'type' }, one.in),
      el('td', {}, inline(one.description ?? schema.description ?? ''), ' ',
        el('span', { class: 'type' }, [schema.type, bounds(schema)].filter(Boolean).join(' · '))));
  })))];
}

function scopes(root, operation) {
  const wanted = operation.security ?? root.security ?? [];
  if (wanted.some(each => Object.keys(each).length === 0)) {
    return ['open', ...wanted.flatMap(each => Object.values(each).flat()).map(scope => `or ${scope}`)];
  }
  return wanted.flatMap(each => Object.values(each).flat());
}

function operation(root, path, verb, shared, one) {
  const request = one.requestBody ? resolve(root, one.requestBody) : null;
  const codes = one['x-codes'] ?? [];
  return el('article', { id: one.operationId },
    el('h3', {}, el('span', { class: `verb ${verb}` }, verb.toUpperCase()), el('code', {}, path),
      el('small', {}, one.summary ?? '')),
    el('div', { class: 'body' },
      el('div', { class: 'tags' }, scopes(root, one).map(scope => el('span', { class: 'tag' }, scope))),
      prose(one.description),
      parameters(root, [...shared, ...(one.parameters ?? [])]),
      request ? [el('h4', {}, request.required ? 'Body' : 'Body (may be absent)'), content(root, request)].flat() : [],
      Object.entries(one.responses).filter(([status]) => status !== 'default').flatMap(([status, each]) => {
        const response = resolve(root, each);
        return [el('h4', {}, status), ...prose(response.description), ...content(root, response)];
      }),
      codes.length ? [el('h4', {}, 'Problems of its own'),
        el('p', {}, codes.map(code => [el('code', {}, code), ' ']).flat())] : []));
}

function meanings(title, schema) {
  return [el('h3', {}, title), el('table', {}, el('tbody', {}, Object.entries(schema['x-meanings']).map(([code, meaning]) =>
    el('tr', {}, el('td', {}, el('code', {}, code)), el('td', {}, inline(meaning))))))];
}

function rest(root) {
  const sections = [el('section', { id: 'rest' }, el('h2', {}, root.info.title), prose(root.info.description),
    el('h3', {}, 'Tokens'), prose(root.components.securitySchemes.bearer.description),
    meanings('Problem codes', root.components.schemas.ProblemCode))];
  const contents = [['REST', [['', 'Conventions', '#rest']]]];
  for (const tag of root.tags) {
    const links = [];
    const section = el('section', { id: `tag-${tag.name}` }, el('h2', {}, tag.name), prose(tag.description));
    for (const [path, item] of Object.entries(root.paths)) {
      for (const verb of VERBS) {
        const one = item[verb];
        if (one?.tags?.[0] === tag.name) {
          section.append(operation(root, path, verb, item.parameters ?? [], one));
          links.push([verb, path.replace('/api/v1', ''), `#${one.operationId}`]);
        }
      }
    }
    sections.push(section);
    contents.push([tag.name, links]);
  }
  return { sections, contents };
}

function frame(root, key, direction) {
  const message = resolve(root, root.components.messages[key]);
  return el('article', { id: `frame-${key}` },
    el('h3', {}, el('span', { class: `verb ${direction}` }, direction === 'in' ? 'client' : 'server'),
      el('code', {}, message.name), el('small', {}, message.title ?? '')),
    el('div', { class: 'body' }, prose(message.summary), tree(root, message.payload),
      (message.examples ?? []).map(each => example(each.payload))));
}

function socket(root) {
  const im = root.channels.im;
  const keys = name => root.operations[name].messages.map(each => each.$ref.split('/').pop());
  const frames = [...keys('hear').map(key => [key, 'in']), ...keys('tell').map(key => [key, 'out'])];
  const closes = Object.entries(im['x-close-codes']);
  const topics = Object.entries(root.channels).filter(([, channel]) =>
    channel.servers?.some(each => each.$ref.endsWith('/kafka')));
  const section = el('section', { id: 'im' }, el('h2', {}, root.info.title),
    prose(root.info.description),
    el('h3', {}, 'Handshake ', el('code', {}, `GET ${im.address}`)), prose(im.description),
    el('table', {}, el('tbody', {},
      ...Object.entries(root.components.securitySchemes).map(([, scheme]) =>
        el('tr', {}, el('td', {}, el('code', {}, scheme.name ?? 'Authorization')), el('td', {}, inline(scheme.description)))),
      el('tr', {}, el('td', {}, el('code', {}, root.channels.imByTicket.address)),
        el('td', {}, inline(root.channels.imByTicket.parameters.ticket.description))))),
    el('h3', {}, 'Close codes'),
    el('table', {}, el('tbody', {}, closes.map(([code, close]) => el('tr', {},
      el('td', {}, el('code', {}, code)), el('td', {}, inline(`${close.name}. ${close.meaning}`)),
      el('td', {}, inline(close.then)))))),
    meanings('Error codes', root.components.schemas.ErrorCode),
    frames.map(([key, direction]) => frame(root, key, direction)));
  const records = el('section', { id: 'records' }, el('h2', {}, 'Records between services'),
    topics.map(([topic, channel]) => el('article', { id: `topic-${topic}` },
      el('h3', {}, el('span', { class: 'verb' }, 'kafka'), el('code', {}, topic), el('small', {}, channel.title)),
      el('div', { class: 'body' }, prose(channel.description),
        Object.keys(channel.messages).map(key => tree(root, root.components.messages[key].payload))))));
  return {
    sections: [section, records],
    contents: [
      ['WebSocket', [['', 'Handshake and codes', '#im']]],
      ['frames', frames.map(([key, direction]) => [direction, root.components.messages[key].name, `#frame-${key}`])],
      ['records', topics.map(([topic]) => ['', topic, `#topic-${topic}`])],
    ],
  };
}

function show(parts) {
  const contents = document.getElementById('contents');
  const main = document.getElementById('main');
  main.replaceChildren(...parts.flatMap(part => part.sections));
  const words = { in: '→', out: '←' };
  contents.replaceChildren(...parts.flatMap(part => part.contents).flatMap(([title, links]) => [
    el('h2', {}, title),
    el('ul', {}, links.map(([kind, text, target]) => el('li', {}, el('a', { href: target },
      kind ? el('span', { class: `verb ${kind}` }, words[kind] ?? kind.toUpperCase()) : null, text)))),
  ]));
  document.getElementById('find').addEventListener('input', event => {
    const wanted = event.target.value.trim().toLowerCase();
    for (const article of main.querySelectorAll('article')) {
      const hit = article.textContent.toLowerCase().includes(wanted);
      article.classList.toggle('hidden', !hit);
      contents.querySelector(`a[href="#${CSS.escape(article.id)}"]`)?.parentElement.classList.toggle('hidden', !hit);
    }
  });
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView({ behavior: 'instant' });
}

async function read(name) {
  const answer = await fetch(`/docs/${name}.json`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

try {
  const [openapi, asyncapi] = await Promise.all([read('openapi'), read('asyncapi')]);
  show([rest(openapi), socket(asyncapi)]);
  document.body.dataset.ready = 'true';
} catch (failure) {
  document.getElementById('state').textContent = `The documents could not be read (${failure.message}).`;
}
