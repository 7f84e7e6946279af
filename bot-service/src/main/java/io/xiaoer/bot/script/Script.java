package io.xiaoer.bot.script;

/// One way of saying an answer, a row of `faq_script`, with what came of it.
///
/// @param id of the merchant's choice, [#MAIN] for the entry's own answer
/// @param answer its words; of the entry's own those that it had when the others were approved
/// @param approved whether it competes
/// @param shown how often it was said
/// @param settled of how many of those it is known what came of it
/// @param solved of those, after how many the shopper was helped
/// @param weight the settled ones, each by the inverse of the chance it was said with
/// @param weighted the solved ones likewise
record Script(
        String shopId,
        String faqId,
        String id,
        String answer,
        boolean approved,
        long shown,
        long settled,
        long solved,
        double weight,
        double weighted) {

    static final String MAIN = "main";

    /// One of which nothing is known yet.
    static Script fresh(String shopId, String faqId, String id, String answer, boolean approved) {
        return new Script(shopId, faqId, id, answer, approved, 0, 0, 0, 0, 0);
    }

    boolean isMain() {
        return id.equals(MAIN);
    }

    /// The mean of Beta(1 + solved, 1 + unsolved): how often it is expected to help.
    double mean() {
        return (1.0 + solved) / (2.0 + settled);
    }

    /// Half the width of the interval in which its rate lies in 95 of 100 cases, by the normal approximation.
    double spread() {
        double mean = mean();
        return 1.96 * Math.sqrt(mean * (1 - mean) / (3.0 + settled));
    }

    /// How often it would help if it were always said, estimated from what was said with whatever chance
    /// (self-normalised inverse propensity); the prior's mean while nothing is known.
    double estimate() {
        return weight == 0 ? 0.5 : weighted / weight;
    }
}
