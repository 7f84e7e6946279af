// What the page says, in both languages.
export const WORDS = {
  zh: {
    nav_new: '新品', nav_home: '居家', nav_out: '户外', as: '身份', guest: '游客', eyebrow: '一间不大的百货店',
    headline: '好用的东西，慢慢挑。', lead: '下单之后的事，问右下角的小二：快递到哪了、退款到哪一步、优惠券还能不能用。',
    ask: '问问小二', new_in: '这周上架', footer: '演示商店 · 订单与包裹来自公开的零售数据集', bubble: '小二',
    chat_title: '小二 · 在线客服', offline: '未连接', online: '在线', finished: '会话已结束', ended: '连接已结束，请刷新页面。', queued: '正在为您排队转人工…', with_agent: '为您服务', connecting: '连接中…', send: '发送', type_here: '请输入您的问题…',
    hello: '您好，我是小二。登录后可以查订单和快递，也可以直接问店铺的问题。', other: 'English', failed: '未送达', thinking: '正在思考中…',
    shipments: '包裹', after_sales: '售后', coupons: '优惠券', missing: '暂时没有取到：', pieces: '件', none: '暂无物流信息', until: '有效期至', eta: '预计送达',
    picture: '图片', not_shown: '这条消息无法在这里显示。', label_nav: '商品', label_buyer: '以谁的身份', label_chat: '与小二的对话', label_close: '关闭对话', label_text: '您的问题', label_log: '对话内容', label_hints: '常见问题',
    end: '结束', end_ask: '结束这次会话吗？', end_yes: '结束会话', end_no: '继续聊', end_offline: '现在没有连上，连上后就可以结束。', end_failed: '没有结束，请再试一次。',
    rate_ask: '这次会话已结束，您还满意吗？', rate_legend: '打分', scores: ['很不满意', '不满意', '一般', '满意', '很满意'], star: '分', comment_here: '想说点什么？（可不填）', label_comment: '评价留言，可不填', rate: '提交评价', rate_no: '不评价',
    rate_first: '请先选一个分数。', rate_offline: '现在没有连上，连上后就可以提交评价。', rate_failed: '没有送达，请再试一次。', rate_refused: '这次会话已不能评价。', rated: '谢谢您的评价', too_long: '最多 500 个字，请删短一些再发送。', comment_too_long: '留言最多 500 个字，请删短一些。',
    choose: '选这笔', as_of: '更新于 ', order: '订单', kind: '类型', reason: '原因', amount: '金额',
    hints: ['我的快递到哪了', '我的订单', '我要退货', '催发货', '退款到哪一步了', '怎么联系人工'],
  },
  en: {
    nav_new: 'New', nav_home: 'Home', nav_out: 'Outdoor', as: 'You are', guest: 'a guest', eyebrow: 'A department store of modest size',
    headline: 'Useful things, chosen slowly.', lead: 'After you order, ask Xiaoer in the corner: where is my parcel, how far is my refund, can I still use my coupon.',
    ask: 'Ask Xiaoer', new_in: 'New this week', footer: 'A demo shop · orders and parcels come from a public retail data set', bubble: 'Xiaoer',
    chat_title: 'Xiaoer · customer service', offline: 'not connected', online: 'online', finished: 'this chat has ended', ended: 'This chat has ended. Please reload the page.', queued: 'waiting for a person…', with_agent: 'is with you', connecting: 'connecting…', send: 'Send', type_here: 'Type your question…',
    hello: 'Hello, this is Xiaoer. Log in to ask about orders and parcels, or ask anything about the shop.', other: '中文', failed: 'not delivered', thinking: 'Thinking…',
    shipments: 'Parcels', after_sales: 'After-sales', coupons: 'Coupons', missing: 'Not available right now: ', pieces: '×', none: 'No tracking yet', until: 'Valid until', eta: 'Expected',
    picture: 'Picture', not_shown: 'This message cannot be shown here.', label_nav: 'Goods', label_buyer: 'Who you are', label_chat: 'Chat with Xiaoer', label_close: 'Close the chat', label_text: 'Your question', label_log: 'What was said', label_hints: 'Common questions',
    end: 'End', end_ask: 'End this chat?', end_yes: 'End the chat', end_no: 'Go on', end_offline: 'You are not connected. The chat can be ended once you are.', end_failed: 'It was not ended. Please try again.',
    rate_ask: 'This chat has ended. How was it?', rate_legend: 'Score', scores: ['very bad', 'bad', 'fair', 'good', 'very good'], star: 'of 5', comment_here: 'Anything to add? (optional)', label_comment: 'Your comment, optional', rate: 'Send rating', rate_no: 'No, thanks',
    rate_first: 'Please choose a score first.', rate_offline: 'You are not connected. The rating can be sent once you are.', rate_failed: 'It was not sent. Please try again.', rate_refused: 'This chat can no longer be rated.', rated: 'Thank you for your rating', too_long: 'At most 500 characters. Please shorten it to send it.', comment_too_long: 'At most 500 characters. Please shorten your comment.',
    choose: 'This one', as_of: 'As of ', order: 'Order', kind: 'Kind', reason: 'Reason', amount: 'Amount',
    hints: ['Where is my order', 'My orders', 'Return an item', 'Please ship my order soon', 'How far is my refund', 'Talk to a person'],
  },
};

export const STATES = {
  zh: {
    created: '已创建', paid: '已付款', part_shipped: '部分发货', shipped: '已发货', delivered: '已送达', completed: '已完成', closed: '已关闭',
    accepted: '已揽收', in_transit: '运输中', out_for_delivery: '派送中', exception: '异常', returned: '已退回',
    requested: '已申请', await_return: '待寄回', await_confirm: '待确认', refused: '已拒绝', succeeded: '已完成',
    refund: '退款', refund_only: '仅退款', return_refund: '退货退款', exchange: '换货',
  },
  en: {},
};
