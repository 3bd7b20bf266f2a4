package dev.gaon.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A client that is measured: its name in the tables, and the module that holds it with nothing but its own libraries. */
enum Contender {
    DRAIN("socket only", "harness", "Drain"),
    BARE("OkHttp + Jackson", "bare", "BareClient"),
    GAON("Gaon", "gaon", "GaonClient"),
    LANGCHAIN4J("LangChain4j", "langchain4j", "LangChain4jClient"),
    OPENAI_JAVA("openai-java", "openai-java", "OpenAiJavaClient"),
    SPRING_AI("Spring AI", "spring-ai", "SpringAiClient");

    final String label;
    private final String module;
    private final String type;

    Contender(String label, String module, String type) {
        this.label = label;
        this.module = module;
        this.type = type;
    }

    String className() {
        return "dev.gaon.benchmarks." + type;
    }

    String classPath() throws IOException {
        Path target = Path.of(module, "target");
        return target.resolve("classes") + File.pathSeparator + Files.readString(target.resolve("classpath"));
    }
}
