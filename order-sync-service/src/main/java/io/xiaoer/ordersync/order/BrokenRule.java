package io.xiaoer.ordersync.order;

/// A value that breaks a rule of the border. Its message may be shown to the caller: it names field and rule,
/// never the value.
public final class BrokenRule extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;
    private final String rule;

    BrokenRule(String field, String rule) {
        super(field + " " + rule);
        this.field = field;
        this.rule = rule;
    }

    /// A rule that another border has.
    public static BrokenRule of(String field, String rule) {
        return new BrokenRule(field, rule);
    }

    /// The field as the caller wrote it.
    public String field() {
        return field;
    }

    /// What the field must be.
    public String rule() {
        return rule;
    }
}
