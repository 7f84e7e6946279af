package io.xiaoer.bot.dialog.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// A text with places for values: `订单 ${order.no}`.
///
/// @param parts in order
public record Template(List<Part> parts) {

    public Template {
        parts = List.copyOf(parts);
    }

    /// A piece of a text.
    public sealed interface Part {

        /// Words as they are.
        record Words(String text) implements Part {}

        /// The place of a value.
        record Place(Expression.Path path) implements Part {}
    }

    /// Reads a text.
    ///
    /// @throws SyntaxFault if a place in it cannot be read
    public static Template parse(String text) throws SyntaxFault {
        var parts = new ArrayList<Part>();
        int from = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new SyntaxFault("`${` is not closed", "write ${name} or ${name.field}");
            }
            if (open > from) {
                parts.add(new Part.Words(text.substring(from, open)));
            }
            parts.add(new Part.Place(
                    ExpressionParser.path('$' + text.substring(open + 2, close).strip())));
            from = close + 1;
        }
        if (from < text.length()) {
            parts.add(new Part.Words(text.substring(from)));
        }
        return new Template(parts);
    }

    /// The names that are filled in.
    public List<Expression.Path> places() {
        return parts.stream()
                .filter(Part.Place.class::isInstance)
                .map(part -> ((Part.Place) part).path())
                .toList();
    }

    /// The words, with what a value looks like in each place.
    public String fill(Function<Expression.Path, String> words) {
        var text = new StringBuilder();
        for (Part part : parts) {
            text.append(
                    switch (part) {
                        case Part.Words(var plain) -> plain;
                        case Part.Place(var path) -> words.apply(path);
                    });
        }
        return text.toString();
    }
}
