package io.xiaoer.ordersync.coupon;

import io.xiaoer.common.problem.FieldError;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The body of a `PUT` of a template.
record CouponTemplateRequest(String title, Amount value, long stock, int perUser, Instant validFrom, Instant validTo) {
    /// The value as the caller wrote it; what is wrong with it is told together with what else is.
    record Amount(long amountMinor, String currency) {}

    private static final int MAX_TITLE = 200;
    private static final long MOST = 1_000_000_000_000L;
    private static final int MOST_PER_USER = 1_000_000;
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Instant EARLIEST = Instant.parse("1970-01-02T00:00:00Z");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /// @throws ProblemException naming each field that breaks its rule
    void check() {
        var errors = new ArrayList<FieldError>();
        refuse(
                errors,
                title.isBlank() || title.codePointCount(0, title.length()) > MAX_TITLE,
                "title",
                "must have 1 to 200 characters");
        refuse(
                errors,
                value.amountMinor() < 1 || value.amountMinor() > MOST,
                "value.amount_minor",
                "must lie between 1 and " + MOST);
        refuse(
                errors,
                !CURRENCY.matcher(value.currency()).matches(),
                "value.currency",
                "must be three capital letters");
        refuse(errors, stock < 0 || stock > MOST, "stock", "must lie between 0 and " + MOST);
        refuse(errors, perUser < 1 || perUser > MOST_PER_USER, "per_user", "must lie between 1 and " + MOST_PER_USER);
        refuse(errors, validFrom.isBefore(EARLIEST), "valid_from", "must not lie before 1970");
        refuse(errors, validTo.isAfter(LATEST), "valid_to", "must not lie after 9998");
        refuse(errors, !validFrom.isBefore(validTo), "valid_to", "must lie after valid_from");
        if (!errors.isEmpty()) {
            var problem = new ProblemException(ProblemCode.INVALID_REQUEST, "The template is not valid");
            errors.forEach(error -> problem.field(error.field(), error.reason()));
            throw problem;
        }
    }

    private static void refuse(List<FieldError> errors, boolean broken, String field, String rule) {
        if (broken) {
            errors.add(new FieldError(field, rule));
        }
    }
}
