package io.xiaoer.ordersync.card;

import com.fasterxml.jackson.annotation.JsonProperty;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.parser.ParserOptions;
import io.xiaoer.common.access.Scopes;
import io.xiaoer.common.access.VerifiedToken;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.ordersync.cache.PartCache;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Takes GraphQL queries of a shop's backend and of the bot, for the one shop of their token.
@RestController
class CardController {

    private static final String BOT = "bot-service";
    private static final ParserOptions LIMITS = ParserOptions.newParserOptions()
            .maxCharacters(64 * 1024)
            .maxTokens(4_000)
            .maxWhitespaceTokens(20_000)
            .maxRuleDepth(100)
            .build();

    /// Unlike the rest of the service's JSON, GraphQL says null where a part is missing.
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GraphQL cards;
    private final CardLoaders loaders;
    private final PartCache cache;

    CardController(GraphQL cards, CardLoaders loaders, PartCache cache) {
        this.cards = cards;
        this.loaders = loaders;
        this.cache = cache;
    }

    /// The body as GraphQL over HTTP has it; its own names are in camel case.
    record Query(
            String query,
            @JsonProperty("operationName") @Nullable String operationName,
            Map<String, @Nullable Object> variables) {}

    @PostMapping(path = "/graphql", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> answer(VerifiedToken token, @RequestBody Query query) {
        var shop = shop(token);
        var answer = new CardAnswer(cache);
        var input = ExecutionInput.newExecutionInput(query.query())
                .operationName(query.operationName())
                .variables(query.variables())
                .graphQLContext(context -> context.of(ShopId.class, shop)
                        .of(ParserOptions.class, LIMITS)
                        .of(CardAnswer.class, answer))
                .dataLoaderRegistry(loaders.forOneAnswer(shop, answer))
                .build();
        var result = cards.executeAsync(input).join();
        answer.keep();
        var body = new LinkedHashMap<String, @Nullable Object>();
        if (!result.getErrors().isEmpty()) {
            body.put(
                    "errors",
                    result.getErrors().stream().map(CardErrors::written).toList());
        }
        if (result.isDataPresent()) {
            body.put("data", result.getData());
        }
        answer.asOf().oldest().ifPresent(at -> body.put("extensions", Map.of("as_of", at.toString())));
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(JSON.writeValueAsBytes(body));
    }

    private static ShopId shop(VerifiedToken token) {
        var caller = token.caller();
        if (caller.has(Scopes.INTERNAL) && !BOT.equals(token.claims().get("act"))) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The token does not allow this");
        }
        return caller.requireShop();
    }
}
