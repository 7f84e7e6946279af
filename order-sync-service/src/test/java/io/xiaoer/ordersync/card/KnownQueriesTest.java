package io.xiaoer.ordersync.card;

import static org.assertj.core.api.Assertions.assertThat;

import graphql.ExecutionInput;
import graphql.GraphqlErrorBuilder;
import graphql.execution.preparsed.PreparsedDocumentEntry;
import graphql.language.Document;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownQueriesTest {

    private final KnownQueries queries = new KnownQueries();
    private final List<String> read = new ArrayList<>();

    @Test
    void theSameWordsAreReadOnce() {
        ask("{ order { id } }", false);
        ask("{ order { id } }", false);

        assertThat(read).containsExactly("{ order { id } }");
    }

    @Test
    void whatIsWrongIsToldAnewEachTime() {
        assertThat(ask("{ nothing }", true).hasErrors()).isTrue();
        assertThat(ask("{ nothing }", true).hasErrors()).isTrue();

        assertThat(read).hasSize(2);
    }

    @Test
    void aVeryLongQueryIsNotKept() {
        var query = "{ order { id } }" + " ".repeat(5_000);
        ask(query, false);
        ask(query, false);

        assertThat(read).hasSize(2);
    }

    @Test
    void theOnesThatWereAskedLatestAreKept() {
        ask("{ first }", false);
        for (int n = 0; n < 63; n++) {
            ask("{ other" + n + " }", false);
        }
        ask("{ first }", false);
        ask("{ onemore }", false);
        read.clear();

        ask("{ first }", false);
        ask("{ other0 }", false);

        assertThat(read).containsExactly("{ other0 }");
    }

    private PreparsedDocumentEntry ask(String query, boolean isWrong) {
        var input = ExecutionInput.newExecutionInput(query).build();
        return queries.getDocumentAsync(input, asked -> {
                    read.add(asked.getQuery());
                    return isWrong
                            ? new PreparsedDocumentEntry(GraphqlErrorBuilder.newError()
                                    .message("no such field")
                                    .build())
                            : new PreparsedDocumentEntry(Document.newDocument().build());
                })
                .join();
    }
}
