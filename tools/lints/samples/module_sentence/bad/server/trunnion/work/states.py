"""state stuff"""
