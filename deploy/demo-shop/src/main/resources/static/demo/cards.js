// The cards of the contract as something to look at. Everything from the wire goes in as text, never as markup.

function el(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

const money = value => (value
  ? new Intl.NumberFormat(document.documentElement.lang, { style: 'currency', currency: value.currency }).format(value.amount_minor / 100)
  : '');
const when = value => (value ? new Date(value).toLocaleString(document.documentElement.lang) : '');
const line = (left, right) => el('p', '', el('span', '', left), el('span', '', right));

function head(order, stateName) {
  return el('header', '', el('span', '', order.id), el('span', 'pill', stateName(order.status)));
}

function items(order, t) {
  return el('section', '', ...(order.items ?? []).map(item => line(item.title, `${t('pieces') === '×' ? '×' : ''}${item.quantity ?? 1}${t('pieces') === '×' ? '' : t('pieces')}`)),
    order.total ? line('', money(order.total)) : null);
}

function parcels(shipments, t, stateName) {
  if (!shipments) return null;
  if (shipments.length === 0) return el('section', '', line(t('shipments'), t('none')));
  return el('section', '', ...shipments.flatMap(parcel => [
    line(`${parcel.carrier} ${parcel.tracking_no}`, stateName(parcel.status)),
    parcel.latest ? el('div', 'step', parcel.latest.text, el('small', '', when(parcel.latest.at))) : null,
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

/** `order`, `order_list`, `logistics` and `after_sale`. */
export function orderCard(content, t, stateName) {
  const node = el('div', 'ticket');
  if (content.orders) {
    content.orders.forEach(order => node.append(head(order, stateName), items(order, t)));
  } else {
    const order = content.order ?? { id: content.order_id };
    node.append(...[
      head(order, stateName), order.items ? items(order, t) : null, parcels(content.shipments, t, stateName),
      afterSales(content.after_sales ?? (content.after_sale ? [content.after_sale] : []), t, stateName), coupons(content.coupons, t),
    ].filter(Boolean));
  }
  if (content.missing?.length) node.append(el('small', '', t('missing') + content.missing.map(part => t(part) ?? part).join('、')));
  else if (content.as_of) node.append(el('small', '', when(content.as_of)));
  return node;
}

/** `coupon`. */
export function couponCard(content, t) {
  const coupon = content.coupon;
  return el('div', 'ticket', el('header', '', el('span', '', coupon.title), el('span', 'pill', money(coupon.value))),
    el('section', '', line(t('until'), when(coupon.valid_to))));
}
