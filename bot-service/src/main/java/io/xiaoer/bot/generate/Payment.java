package io.xiaoer.bot.generate;

import io.xiaoer.bot.decide.Question;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Pays for what a model is asked, out of the budget of the shop.
final class Payment {

    private static final Logger LOGGER = LoggerFactory.getLogger(Payment.class);

    private final Budget budget;
    private final GenerationMeters meters;

    Payment(Budget budget, GenerationMeters meters) {
        this.budget = budget;
        this.meters = meters;
    }

    /// A turn of the model.
    interface Asking {
        ChatTurn ask() throws ModelFailure, InterruptedException;
    }

    /// Takes what a turn may cost at most.
    ///
    /// @return false if so much is not left
    boolean take(Question question, long cost) {
        return budget.take(question.shop(), cost);
    }

    /// Gives back what a turn did not cost. What an interrupted one cost is not known; what the endpoint did not begin
    /// with costs nothing.
    ///
    /// @param taken before
    ChatTurn pay(Question question, long taken, Asking asking) throws ModelFailure, InterruptedException {
        try {
            var turn = asking.ask();
            long cost = turn.tokens() == 0 ? taken : turn.tokens();
            meters.paid(cost);
            giveBack(question, taken - cost);
            return turn;
        } catch (ModelFailure e) {
            switch (e.reason()) {
                case AWAY, REFUSED, LIMITED -> giveBack(question, taken);
                case SLOW_FIRST_TOKEN, TOO_SLOW, CUT, EMPTY, UNREADABLE, TOO_LONG, UNGROUNDED, LOOPED, OVERTAKEN ->
                    meters.paid(taken);
            }
            throw e;
        }
    }

    private void giveBack(Question question, long tokens) {
        try {
            budget.giveBack(question.shop(), tokens);
        } catch (DataAccessException e) {
            LOGGER.atDebug().addKeyValue("message_id", question.id()).log("Tokens stay spent, Redis does not answer");
        }
    }
}
