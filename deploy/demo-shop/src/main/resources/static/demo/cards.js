// The cards of the contract as something to look at. Everything from the wire goes in as text, never as markup.

function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

function money(value) {
  if (!value) return '';
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: value.currency });
  return format.format(value.amount_minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}

const when = value => (value ? new Date(value).toLocaleString(document.documentElement.lang) : '');
const line = (left, right) => el('p', '', el('span', '', left), el('span', '', right));
const pill = text => (text ? el('span', 'pill', text) : null);

function head(order, stateName) {
  return el('header', '', el('span', '', order.id), pill(stateName(order.status)));
}

function quantity(item, t) {
  return t('pieces') === '×' ? `×${item.quantity ?? 1}` : `${item.quantity ?? 1}${t('pieces')}`;
}

function items(order, t) {
  return el('section', '', ...(order.items ?? []).map(item => line(item.title ?? item.sku, quantity(item, t))),
    order.total ? line('', money(order.total)) : null);
}

function parcels(shipments, t, stateName) {
  if (!shipments) return null;
  if (shipments.length === 0) return el('section', '', line(t('shipments'), t('none')));
  return el('section', '', ...shipments.flatMap(parcel => [
    line(`${parcel.carrier} ${parcel.tracking_no}`, stateName(parcel.status)),
    parcel.latest ? el('div', 'step', parcel.latest.text, el('small', '', when(parcel.latest.at))) : null,
    parcel.eta ? line(t('eta'), when(parcel.eta)) : null,
  ]).filter(Boolean));
}

function afterSales(cases, t, stateName) {
  if (!cases?.length) return null;
  return el('section', '', ...cases.map(each => line(`${t('after_sales')} ${each.id}`, stateName(each.status))));
}

function coupons(list, t) {
  if (!list?.length) return null;
  return el('section', '', ...list.map(each => line(`${t('coupons')} · ${each.title}`, money(each.value))));
}

/** `order`. */
function orderCard(content, t, stateName) {
  const order = content.order;
  const node = el('div', 'ticket', head(order, stateName), items(order, t), parcels(content.shipments, t, stateName),
    afterSales(content.after_sales, t, stateName), coupons(content.coupons, t));
  if (content.missing?.length) node.append(el('small', '', t('missing') + content.missing.map(part => t(part) ?? part).join(t('pieces') === '×' ? ', ' : '、')));
  else if (content.as_of) node.append(el('small', '', t('as_of') + when(content.as_of)));
  return node;
}

/** `order_list`: each order has the button that chooses it, where there is one. */
function orderListCard(content, t, stateName, press) {
  const options = content.options ?? [];
  return el('div', 'tickets', ...content.orders.map((order, place) => {
    const option = options.length === content.orders.length ? options[place] : null;
    return el('div', 'ticket', el('header', '', el('span', '', `${place + 1}. ${order.id}`), pill(stateName(order.status))),
      items(order, t), option ? el('footer', '', press(option, t('choose'))) : null);
  }));
}

/** `logistics`. */
function logisticsCard(content, t, stateName) {
  return el('div', 'ticket', el('header', '', el('span', '', `${t('shipments')} · ${content.order_id}`)),
    parcels(content.shipments ?? [], t, stateName));
}

/** `after_sale`. */
function afterSaleCard(content, t, stateName) {
  const each = content.after_sale;
  return el('div', 'ticket', el('header', '', el('span', '', `${t('after_sales')} ${each.id}`), pill(stateName(each.status))),
    el('section', '', line(t('order'), content.order_id), each.type ? line(t('kind'), stateName(each.type)) : null,
      each.reason ? line(t('reason'), each.reason) : null, each.amount ? line(t('amount'), money(each.amount)) : null));
}

/** `coupon`. */
function couponCard(content, t) {
  const coupon = content.coupon;
  return el('div', 'ticket coupon', el('header', '', el('span', '', coupon.title ?? ''), pill(money(coupon.value))),
    coupon.valid_to ? el('section', '', line(t('until'), when(coupon.valid_to))) : null);
}

/** `confirm`: the question stands in the bubble above it. */
function confirmCard(content, t, stateName) {
  return content.order ? el('div', 'ticket confirm', head(content.order, stateName), items(content.order, t)) : null;
}

/**
 * A card as a node, null where there is nothing to see: a card of another kind, or one that lacks what makes it one.
 *
 * @param press makes the button of an option: `(option, label) => Node`
 */
export function cardNode(content, t, stateName, press) {
  try {
    return drawn(content, t, stateName, press);
  } catch (failure) {
    console.warn('a card could not be shown', failure);
    return null;
  }
}

function drawn(content, t, stateName, press) {
  switch (content.card) {
    case 'order': return orderCard(content, t, stateName);
    case 'order_list': return orderListCard(content, t, stateName, press);
    case 'logistics': return logisticsCard(content, t, stateName);
    case 'after_sale': return afterSaleCard(content, t, stateName);
    case 'coupon': return couponCard(content, t);
    case 'confirm': return confirmCard(content, t, stateName);
    default: return null;
  }
}

/** Buttons of a choice or a card; an option with an order card shows that order on its button. */
export function optionNodes(options, t, stateName, press) {
  return el('div', options.some(option => option.card) ? 'options tall' : 'options', ...options.map(option => {
    const node = press(option, option.label);
    const order = option.card?.order;
    if (order) node.append(el('small', '', (order.items ?? []).map(item => item?.title ?? '').join('、')));
    return node;
  }));
}

/** Whether the buttons of a card already stand on it. */
export function hasOwnButtons(content) {
  return content.card === 'order_list' && content.options?.length === content.orders?.length;
}
