package dev.gaon;

/** What a text is when it is embedded, for families that have one model for questions and one for what answers them. */
public enum EmbeddingKind {
    /** What is searched for. */
    QUERY,
    /** What is searched. */
    DOCUMENT
}
