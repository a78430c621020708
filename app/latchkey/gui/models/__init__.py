"""Qt models behind the pages' lists, trees and tables."""
