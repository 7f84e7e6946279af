package io.xiaoer.ordersync.card;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import io.xiaoer.common.rest.Moments;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The scalars of the schema. Values inside are what the service's JSON has: moments are text already.
final class CardScalars {

    private CardScalars() {}

    static List<GraphQLScalarType> all() {
        return List.of(
                scalar("DateTime", new DateTimes()), scalar("Long", new Longs()), scalar("Options", new Options()));
    }

    private static GraphQLScalarType scalar(String name, Coercing<?, ?> coercing) {
        return GraphQLScalarType.newScalar().name(name).coercing(coercing).build();
    }

    /// [Moments] in, the text as it is out.
    private static final class DateTimes implements Coercing<Instant, String> {
        @Override
        public String serialize(Object value, GraphQLContext context, Locale locale) {
            return value.toString();
        }

        @Override
        public Instant parseValue(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof String text) {
                try {
                    return Moments.of(text);
                } catch (DateTimeException malformed) {
                    throw new CoercingParseValueException("a time " + Moments.RULE, malformed);
                }
            }
            throw new CoercingParseValueException("a time must be text");
        }

        @Override
        public Instant parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (value instanceof StringValue text && text.getValue() != null) {
                try {
                    return Moments.of(text.getValue());
                } catch (DateTimeException malformed) {
                    throw new CoercingParseLiteralException("a time " + Moments.RULE, malformed);
                }
            }
            throw new CoercingParseLiteralException("a time must be text");
        }
    }

    /// Whole numbers of 64 bits.
    private static final class Longs implements Coercing<Long, Long> {
        @Override
        public Long serialize(Object value, GraphQLContext context, Locale locale) {
            return ((Number) value).longValue();
        }

        @Override
        public Long parseValue(Object value, GraphQLContext context, Locale locale) {
            if (value instanceof Integer || value instanceof Long) {
                return ((Number) value).longValue();
            }
            throw new CoercingParseValueException("a whole number is wanted");
        }

        @Override
        public Long parseLiteral(Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            if (value instanceof IntValue number
                    && number.getValue().abs().compareTo(BigInteger.valueOf(Long.MAX_VALUE)) <= 0) {
                return number.getValue().longValue();
            }
            throw new CoercingParseLiteralException("a whole number of 64 bits is wanted");
        }
    }

    /// Objects on the way out; never taken in.
    private static final class Options implements Coercing<Object, Object> {
        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            throw new CoercingParseValueException("options are not taken");
        }
    }
}
