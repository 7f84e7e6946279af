package io.xiaoer.bot.dialog.expression;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads expressions. Length and depth are bounded, so that no text makes it slow or deep.
public final class ExpressionParser {

    private static final int MAX_LENGTH = 500;
    private static final int MAX_DEPTH = 20;
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(?:(\\$[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*)"
                    + "|(-?[0-9]{1,18}(?:\\.[0-9]{1,9})?)|'([^']*)'|\"([^\"]*)\"|(&&|\\|\\||==|!=|<=|>=|[<>!()\\[\\],])"
                    + "|([\\p{L}_][\\p{L}\\p{N}_]*))");

    private final List<Token> tokens;
    private int at;
    private int depth;

    private ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    private enum Kind {
        PATH,
        NUMBER,
        TEXT,
        SIGN,
        WORD
    }

    private record Token(Kind kind, String text) {}

    /// Reads a condition or a value.
    ///
    /// @throws SyntaxFault if it is none
    public static Expression parse(String text) throws SyntaxFault {
        var parser = new ExpressionParser(tokens(text));
        var expression = parser.any();
        if (parser.at < parser.tokens.size()) {
            throw new SyntaxFault(
                    "the condition goes on with `"
                            + parser.tokens.get(parser.at).text() + "`",
                    "join conditions with && or ||");
        }
        return expression;
    }

    /// Reads `$name.field`.
    ///
    /// @throws SyntaxFault if it is no path
    public static Expression.Path path(String text) throws SyntaxFault {
        if (parse(text) instanceof Expression.Path path) {
            return path;
        }
        throw new SyntaxFault("`" + text + "` is no name", "write it as $name or $name.field");
    }

    private static List<Token> tokens(String text) throws SyntaxFault {
        if (text.length() > MAX_LENGTH) {
            throw new SyntaxFault("the condition is too long", "use at most " + MAX_LENGTH + " characters");
        }
        var tokens = new ArrayList<Token>();
        Matcher matcher = TOKEN.matcher(text);
        int from = 0;
        while (!text.substring(from).isBlank()) {
            if (!matcher.find(from) || matcher.start() != from) {
                throw new SyntaxFault(
                        "`" + text.substring(from).strip() + "` cannot be read",
                        "use $name.field, numbers, 'texts', == != < <= > >= && || ! in, is empty");
            }
            tokens.add(token(matcher));
            from = matcher.end();
        }
        return tokens;
    }

    private static Token token(Matcher matcher) {
        String path = matcher.group(1);
        String number = matcher.group(2);
        String single = matcher.group(3);
        String quoted = matcher.group(4);
        String sign = matcher.group(5);
        if (path != null) {
            return new Token(Kind.PATH, path);
        }
        if (number != null) {
            return new Token(Kind.NUMBER, number);
        }
        if (single != null || quoted != null) {
            return new Token(Kind.TEXT, single != null ? single : String.valueOf(quoted));
        }
        return sign != null ? new Token(Kind.SIGN, sign) : new Token(Kind.WORD, String.valueOf(matcher.group(6)));
    }

    private Expression any() throws SyntaxFault {
        enter();
        var left = all();
        while (take("||") || take("or")) {
            left = new Expression.Both(false, left, all());
        }
        depth--;
        return left;
    }

    private Expression all() throws SyntaxFault {
        var left = one();
        while (take("&&") || take("and")) {
            left = new Expression.Both(true, left, one());
        }
        return left;
    }

    private Expression one() throws SyntaxFault {
        enter();
        var expression = take("!") || take("not") ? new Expression.Not(one()) : comparison();
        depth--;
        return expression;
    }

    private Expression comparison() throws SyntaxFault {
        var left = operand();
        if (take("is")) {
            boolean negated = take("not");
            if (!take("empty")) {
                throw new SyntaxFault("`is` stands alone", "write `is empty` or `is not empty`");
            }
            return new Expression.Empty(left, !negated);
        }
        if (take("in")) {
            return new Expression.In(left, operand());
        }
        for (Expression.Operator operator : Expression.Operator.values()) {
            if (take(operator.sign())) {
                return new Expression.Compare(operator, left, operand());
            }
        }
        return left;
    }

    private Expression operand() throws SyntaxFault {
        if (take("(")) {
            var inner = any();
            require(")");
            return inner;
        }
        if (take("[")) {
            return items();
        }
        Token token = next();
        if (token == null) {
            throw new SyntaxFault("the condition ends too early", "put a value behind the last sign");
        }
        return switch (token.kind()) {
            case PATH -> readPath(token.text());
            case NUMBER -> new Expression.Literal(new BigDecimal(token.text()));
            case TEXT -> new Expression.Literal(token.text());
            case WORD -> word(token.text());
            case SIGN -> throw new SyntaxFault("`" + token.text() + "` stands where a value must", "put a value there");
        };
    }

    private Expression items() throws SyntaxFault {
        enter();
        var items = new ArrayList<Expression>();
        while (!take("]")) {
            if (!items.isEmpty()) {
                require(",");
            }
            items.add(operand());
        }
        depth--;
        return new Expression.Items(items);
    }

    private static Expression word(String word) {
        return new Expression.Literal(
                switch (word) {
                    case "true" -> Boolean.TRUE;
                    case "false" -> Boolean.FALSE;
                    default -> word;
                });
    }

    private static Expression.Path readPath(String text) {
        var parts = List.of(text.substring(1).split("\\."));
        return new Expression.Path(parts.getFirst(), parts.subList(1, parts.size()));
    }

    private void enter() throws SyntaxFault {
        if (++depth > MAX_DEPTH) {
            throw new SyntaxFault("the condition is nested too deeply", "use at most " + MAX_DEPTH + " levels");
        }
    }

    private void require(String sign) throws SyntaxFault {
        if (!take(sign)) {
            throw new SyntaxFault("`" + sign + "` is missing", "close what was opened");
        }
    }

    private boolean take(String text) {
        Token token = at < tokens.size() ? tokens.get(at) : null;
        if (token == null || token.kind() == Kind.TEXT || !token.text().equals(text)) {
            return false;
        }
        at++;
        return true;
    }

    private @Nullable Token next() {
        return at < tokens.size() ? tokens.get(at++) : null;
    }
}
