/// What services tell each other over Kafka: the topics, the typed records on them, their JSON and their headers.
@NullMarked
package io.xiaoer.common.event;

import org.jspecify.annotations.NullMarked;
