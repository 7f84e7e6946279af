package io.xiaoer.bot.order;

import io.xiaoer.bot.decide.AnswerSource;
import io.xiaoer.bot.decide.Deadline;
import io.xiaoer.bot.decide.DontKnow;
import io.xiaoer.bot.decide.Question;
import io.xiaoer.bot.decide.Reply;
import io.xiaoer.bot.decide.Source;
import io.xiaoer.bot.decide.Stage;
import io.xiaoer.bot.decide.Verdict;
import io.xiaoer.bot.order.OrderAsk.Topic;
import io.xiaoer.bot.slots.Declines;
import io.xiaoer.bot.words.Wording;
import io.xiaoer.common.id.UserKey;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Answers who does not want a return any more that was asked for already (我不想退了, 取消退货申请, "cancel my
/// return"): it lies with the shop and words alone call nothing off, so what is open is shown and a
/// person offered. Asked before a courtesy would say that nothing is done.
@Component
@Order(KeptAfterSale.BEFORE_COURTESY)
final class KeptAfterSale implements AnswerSource {

    static final int BEFORE_COURTESY = 90;

    private static final int MOST = 3;

    private final Glances glances;
    private final OrderTexts texts;
    private final Wording wording;
    private final DontKnow dontKnow;

    KeptAfterSale(Glances glances, OrderTexts texts, Wording wording, DontKnow dontKnow) {
        this.glances = glances;
        this.texts = texts;
        this.wording = wording;
        this.dontKnow = dontKnow;
    }

    @Override
    public Stage stage() {
        return Stage.FAQ_CACHE;
    }

    @Override
    public Verdict consider(Question question, Deadline deadline) {
        if (question.payload() != null
                || question.user().kind() != UserKey.Kind.USER
                || !Declines.afterSale(question.text())) {
            return Verdict.PASSED;
        }
        boolean withdrawn = Declines.withdrawn(question.text()) != null;
        try {
            var open = glances.latest(question, deadline).stream()
                    .filter(OrderView::hasOpenAfterSale)
                    .limit(MOST)
                    .toList();
            return open.isEmpty() && !withdrawn ? Verdict.PASSED : told(question, open);
        } catch (OrderDesk.Away e) {
            return withdrawn ? offered(question, wording.say(question.language(), "order.away"), 0) : Verdict.PASSED;
        }
    }

    private Verdict told(Question question, List<OrderView> open) {
        var language = question.language();
        if (open.isEmpty()) {
            return offered(question, wording.say(language, "order.no_after_sales"), 1);
        }
        String described = open.stream()
                .map(order -> texts.describe(language, Topic.REFUND, order))
                .collect(Collectors.joining("\n"));
        return offered(question, described + "\n" + wording.say(language, "order.after_sale_kept"), 1);
    }

    private Verdict offered(Question question, String words, double confidence) {
        return new Verdict.Answered(Reply.of(dontKnow.offer(question, words), Source.ORDER, confidence, null));
    }
}
