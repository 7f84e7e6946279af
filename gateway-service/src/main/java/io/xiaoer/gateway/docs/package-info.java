/// What the suite's interfaces are, for people and for tools: the OpenAPI and the AsyncAPI document under `/docs`,
/// each as YAML and as JSON, and a page that shows both. All of it is open, comes from the gateway itself and fetches
/// nothing from elsewhere. Tests compare the documents with the controllers and with the frames.
@NullMarked
package io.xiaoer.gateway.docs;

import org.jspecify.annotations.NullMarked;
